import { OutLink, Panel } from "../components/basics.tsx";
import { PageHead } from "../components/page-head.tsx";
import { hash, storePath } from "../lib/store.ts";
import { SUPPORT_URL } from "../lib/support.ts";
import { KeyboardHelp } from "./attention/keys-help.tsx";

export default function Help() {
  return (
    <>
      <PageHead title="Help" text="What Lockstep does, and what to do when something stands still." />
      <WhatItDoes />
      <WhatYouDo />
      <Guide />
      <KeyboardHelp />
      <Support />
    </>
  );
}

const link = (to: string, text: string) => (hash.value ? <a href={storePath(to)}>{text}</a> : <strong>{text}</strong>);

const WhatItDoes = () => (
  <Panel title="What Lockstep does for you">
    <div class="guide">
      <ul>
        <li>Each order that your setup takes becomes one sale in Cin7 Core, or part of one sale a day: once, never twice.</li>
        <li>The total in Cin7 Core is the same as in BigCommerce, to the cent. If it cannot be, the order is held and you are told why.</li>
        <li>Payments go to the account that you choose for each method.</li>
        <li>Your changes in Cin7 Core are yours: Lockstep never changes what it does not own.</li>
      </ul>
    </div>
  </Panel>
);

const WhatYouDo = () => (
  <Panel title="What you still do yourself">
    <div class="guide">
      <ul>
        <li>
          Stock and prices: Lockstep sends no stock levels, products, regular or sale prices to BigCommerce, so there is no price tier to
          choose.
        </li>
        <li>Shipments: tracking numbers that you enter in Cin7 Core are not sent to BigCommerce.</li>
        <li>
          Refunds: an order that is refunded or changed after its sale was made is named in {link("/attention", "Needs attention")}. The
          credit note and what goes back on the shelf are yours. Of a cancelled order the sale is voided, if nothing has left and its money
          went back.
        </li>
        <li>
          Payouts: gateways' payouts and fees are not booked. For invoices that you keep open, leave the payment method without an account:{" "}
          {link("/orders/log?state=unpaid", "these payments")} are listed, and can be downloaded to match them.
        </li>
      </ul>
    </div>
  </Panel>
);

const Guide = () => (
  <Panel title="Short guide">
    <div class="guide">
      <h3>Where is order 1042?</h3>
      <p>
        Search it in {link("/orders/log", "Orders → Log")}. Its page shows what came, what Cin7 Core gets and why, and every attempt. An
        order that is <em>Not taken</em> says the reason.
      </p>
      <h3>An order is held. What now?</h3>
      <p>
        Open {link("/attention", "Needs attention")}. Each entry says what happened and offers the way out first. After your decision all
        orders that wait for it go by themselves.
      </p>
      <h3>Why do orders wait?</h3>
      <p>
        Cin7 allows 60 calls a minute. When many orders come at once they queue in the order in which BigCommerce tells of them, and the
        line at the top says when the last one goes. Nothing is lost.
      </p>
      <h3>What if BigCommerce or Cin7 Core does not answer?</h3>
      <p>Lockstep tries again by itself. A catch-up check every 5 minutes finds every order whose notice did not arrive.</p>
      <h3>Can I change the setup later?</h3>
      <p>
        Yes. Each save is kept as a version in {link("/setup/history", "Setup → History of changes")}, and each order shows the version it
        was made with. Orders that are in Cin7 Core already do not change.
      </p>
      <h3>Who may do what?</h3>
      <p>
        The store owner sets everything up. Other users can look first, and get the right to process orders or to change the setup from the
        owner.
      </p>
    </div>
  </Panel>
);

const Support = () => (
  <Panel title="Talk to us">
    {SUPPORT_URL ? (
      <p>
        <OutLink href={SUPPORT_URL}>Contact support</OutLink>. Name the order number; never send application keys or tokens.
      </p>
    ) : (
      <p>Write to whoever set up Lockstep for you, and name the order number. Never send application keys or tokens.</p>
    )}
  </Panel>
);
