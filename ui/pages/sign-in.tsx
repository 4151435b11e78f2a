import { useEffect } from "preact/hooks";
import { Button, Message } from "../components/basics.tsx";
import { Input } from "../components/field.tsx";
import logo from "../favicon.svg";
import { useForm } from "../lib/form.ts";
import { signIn } from "../lib/session.ts";
import { CIN7_NEEDS } from "../lib/words.ts";

/** What the address asks for, and the way to it for who works in the control panel: they have no key to sign in with. */
function Wanted() {
  const [, order] = /\/orders\/(\d{1,12})$/.exec(location.pathname) ?? [];
  const attention = location.pathname.endsWith("/attention");
  if (!order && !attention) return null;
  return (
    <Message type="info" title={order ? `Order ${order} opens after you sign in` : "Needs attention opens after you sign in"}>
      {`Do you use Lockstep in your BigCommerce control panel? Then nothing is to be entered here: open it there from Apps, and ${order ? `search for ${order}` : "choose Needs attention"}.`}
    </Message>
  );
}

export default function SignIn() {
  const form = useForm({ accountId: "", applicationKey: "", name: "" });
  useEffect(() => {
    document.title = "Sign in – Lockstep for Cin7 Core";
  }, []);
  return (
    <main class="page sign-in">
      <div class="brand">
        <img src={logo} alt="" />
        Lockstep for Cin7 Core
      </div>
      <h1>Sign in</h1>
      <Wanted />
      <section class="panel" aria-label="Sign in">
        <Message type="info" title="Where to find both values">
          In Cin7 Core open Integrations → API and add an application named "Lockstep". Copy its account ID and application key here.
          <p>{CIN7_NEEDS}</p>
        </Message>
        <form onSubmit={form.onSubmit(signIn)}>
          {form.failure.value && <Message type="error">{form.failure.value}</Message>}
          <Input label="Account ID" required autocomplete="username" spellcheck={false} {...form.field("accountId")} />
          <Input label="Application key" type="password" required autocomplete="current-password" {...form.field("applicationKey")} />
          <Input label="Your name" text="Shown in the history of changes." required autocomplete="name" {...form.field("name")} />
          <Button type="submit" busy={form.busy.value}>
            Sign in
          </Button>
        </form>
      </section>
      <p class="small muted">
        Is the app installed from the BigCommerce marketplace? Sign in here once for the code that connects it; from then on open it from
        Apps in your control panel.
      </p>
    </main>
  );
}
