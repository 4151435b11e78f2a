import { useSignalEffect } from "@preact/signals";
import type { ComponentType } from "preact";
import { useEffect } from "preact/hooks";
import { useLocation, useRoute } from "preact-iso";
import type { Choices, SettingsReply } from "../../../worker/contract/index.ts";
import { pageOf, SETUP_PAGES, type SetupPage, setupPath, titleOf } from "../../../worker/contract/setup-pages.ts";
import { Button, Message, Needs } from "../../components/basics.tsx";
import { ListsAge, readAgain } from "../../components/lists-age.tsx";
import { Load } from "../../components/load.tsx";
import { PageHead } from "../../components/page-head.tsx";
import { toast } from "../../components/toast.tsx";
import { plural } from "../../lib/format.ts";
import { type Query, useQuery } from "../../lib/query.ts";
import { can } from "../../lib/session.ts";
import { storeApi, storePath } from "../../lib/store.ts";
import { Charges } from "./charges.tsx";
import { Connection } from "./connection/connection.tsx";
import { Currencies } from "./currencies.tsx";
import { Customers } from "./customers.tsx";
import { begin, conflict, dirty, discard, draft, errors, failure, save, saving, takeSaved } from "./draft.ts";
import { History } from "./history.tsx";
import { Orders } from "./orders.tsx";
import { Payments } from "./payments.tsx";
import { PeopleAndAlerts } from "./people.tsx";
import { Sale } from "./sale/sale.tsx";
import type { SectionProps } from "./section.ts";
import { Tax } from "./tax.tsx";

const FORMS: Partial<Record<SetupPage, ComponentType<SectionProps>>> = {
  orders: Orders,
  sale: Sale,
  currencies: Currencies,
  customers: Customers,
  tax: Tax,
  payments: Payments,
  charges: Charges,
};

const focusField = (path: string) => {
  const field = document.getElementsByName(path)[0];
  field?.focus();
  field?.scrollIntoView({ block: "center" });
};

function Subnav({ now }: { now: SetupPage }) {
  const wrong = Object.keys(errors.value).map(pageOf);
  return (
    <nav class="subnav" aria-label="Setup">
      {SETUP_PAGES.map(([id, title]) => {
        const n = wrong.filter((w) => w === id).length;
        return (
          <a key={id} href={storePath(setupPath(id))} aria-current={id === now ? "page" : undefined}>
            {title}
            {n > 0 && <span class="badge danger">{n} to fix</span>}
          </a>
        );
      })}
    </nav>
  );
}

/** Says what could not be saved; each entry leads to its field, on whichever section it is. */
function Summary({ now }: { now: SetupPage }) {
  const { route } = useLocation();
  const found = Object.entries(errors.value);
  if (!failure.value && !found.length) return null;
  return (
    <Message
      type="error"
      title={found.length ? `Not saved: ${plural(found.length, "field needs", "fields need")} another value` : "Not saved"}
    >
      {!found.length && failure.value}
      <ul>
        {found.map(([path, text]) => {
          const section = pageOf(path);
          return (
            <li key={path}>
              <a
                href={storePath(setupPath(section))}
                onClick={(e) => {
                  e.preventDefault();
                  e.stopPropagation();
                  if (section !== now) route(storePath(setupPath(section)));
                  setTimeout(() => focusField(path), section === now ? 0 : 150);
                }}
              >
                {`${titleOf(section)}: ${text}`}
              </a>
            </li>
          );
        })}
      </ul>
    </Message>
  );
}

function Conflict() {
  const over = async () => {
    const said = await save(true);
    if (said) toast(said);
  };
  return (
    <Message type="warning" title="Somebody else saved the setup while you were changing it">
      Your changes are still here and not saved. Choose which version stays.
      <div class="actions">
        <Button variant="secondary" slim onClick={() => void takeSaved()}>
          Show the saved version
        </Button>
        <Button variant="secondary" slim busy={saving.value} onClick={() => void over()}>
          Save mine in its place
        </Button>
      </div>
    </Message>
  );
}

function SaveBar() {
  const submit = async () => {
    const said = await save();
    if (said) toast(said);
    else {
      const here = Object.keys(errors.peek()).find((path) => document.getElementsByName(path).length);
      if (here) setTimeout(() => focusField(here));
    }
  };
  if (!dirty.value) return null;
  return (
    <section class="save-bar" aria-label="Unsaved changes">
      <strong>You have unsaved changes</strong>
      <div class="actions">
        <Button variant="subtle" disabled={saving.value} onClick={discard}>
          Discard changes
        </Button>
        <Button busy={saving.value} onClick={() => void submit()}>
          Save setup
        </Button>
      </div>
    </section>
  );
}

function Form({ section, choices }: { section: SetupPage; choices: Query<Choices> }) {
  const Section = FORMS[section];
  const settings = draft.value;
  if (!Section || !settings) return null;
  return (
    <Load query={choices} lines={6}>
      {(live) => (
        <>
          {live.warnings.map((warning) => (
            <Message key={warning} type="warning">
              {warning}
            </Message>
          ))}
          <Section settings={settings} choices={live} reload={readAgain} locked={!can("configure")} />
          <ListsAge choices={live} />
        </>
      )}
    </Load>
  );
}

export default function Setup() {
  const given = useRoute().params["section"] ?? "orders";
  const section = SETUP_PAGES.find(([id]) => id === given)?.[0] ?? "orders";
  const saved = useQuery<SettingsReply>(storeApi`/settings`);
  const choices = useQuery<Choices>(storeApi`/choices`, { fresh: 300_000 });
  useSignalEffect(() => {
    const reply = saved.data.value;
    if (reply) begin(reply);
  });
  useEffect(() => {
    const warn = (e: BeforeUnloadEvent) => dirty.peek() && e.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, []);
  const title = titleOf(section);
  return (
    <>
      <PageHead title={`Setup: ${title}`} />
      <Needs right="configure" />
      <div class="setup">
        <Subnav now={section} />
        <div>
          {conflict.value && <Conflict />}
          <Summary now={section} />
          {section === "people" && <PeopleAndAlerts />}
          {section === "connection" && <Connection />}
          {section === "history" && <History />}
          {FORMS[section] && (
            <Load query={saved} lines={6}>
              {() => <Form section={section} choices={choices} />}
            </Load>
          )}
          <SaveBar />
        </div>
      </div>
    </>
  );
}
