import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Erased, Trial } from "../../../../worker/contract/index.ts";
import { at, books, changed, eachItsShop, FORM, open, order, page, saleOf, shop } from "../../first-run/shop.ts";

/** Who bought before is known again by BigCommerce's own customer, then by e-mail and currency (F79, M27). */
eachItsShop();

type Shoppers = { stores: Record<string, { customers: Record<string, unknown> }> };
const registered = () => {
  const { stores } = shop.w.twins.bigcommerce.state() as unknown as Shoppers;
  return Object.keys(stores[shop.c.store]?.customers ?? {}).map(Number);
};
const by = (email: string, customer?: number) => ({
  ...FORM,
  ...(customer === undefined ? { guest: true } : { customer }),
  billing: { email, first_name: "Ana", last_name: "Keller" },
});
/** The customer in Cin7 on whom the order went. */
async function sent(form: unknown): Promise<string> {
  const id = await order(form);
  await changed(id);
  return (await saleOf(id)).Customer;
}
const known = async () =>
  (await env.DB.prepare("SELECT key, name FROM shared_things WHERE kind = 'customer'").all<{ key: string; name: string | null }>()).results;

describe("a registered customer with a new e-mail address", () => {
  it("stays the customer that Cin7 Core has, without a look-up, and the trial shows the same", async () => {
    await open();
    const [ana = 0] = registered();
    const first = await sent(by("ana@old.example.org", ana));
    const id = await order(by("ana@new.example.org", ana));
    const trial = await shop.c.panel<Trial>("POST", at("/trial"), { ids: [id] });
    const { customers } = await books();
    const theirs = Object.values(customers).find((row) => row.Name === first)?.ID;
    expect(theirs && trial.orders[0]?.bodies[0]?.body).toContain(theirs);
    await changed(id);
    expect((await saleOf(id)).Customer).toBe(first);
    expect((await page(id)).attempts.filter((a) => a.side === "Cin7 Core" && a.path.startsWith("/customer"))).toEqual([]);
    expect(Object.keys((await books()).customers)).toEqual(Object.keys(customers));
    // And back again.
    expect(await sent(by("ana@old.example.org", ana))).toBe(first);
  });

  it("who bought as a guest before is known by e-mail, and by who they are from then on", async () => {
    await open();
    const [ana = 0] = registered();
    const guest = await sent(by("ana@old.example.org"));
    expect(await sent(by("ana@old.example.org", ana))).toBe(guest);
    expect(await sent(by("ana@new.example.org", ana))).toBe(guest);
  });

  it("a guest is known by e-mail alone, and two registered customers with one e-mail are one customer as ever", async () => {
    await open();
    const [ana = 0, bob = 0] = registered();
    const first = await sent(by("ana@old.example.org", ana));
    expect(await sent(by("ana@old.example.org", bob))).toBe(first);
    expect(await sent(by("ana@new.example.org", ana))).toBe(first);
    expect(await sent(by("ana@new.example.org"))).not.toBe(first);
  });

  it("whose customer was deprecated in Cin7 Core is found by e-mail, else made", async () => {
    await open();
    await shop.w.control("/switches", { deprecatedCustomer: "refuse" });
    const [ana = 0] = registered();
    const first = await sent(by("ana@old.example.org", ana));
    const other = await sent(by("ana@new.example.org"));
    const gone = Object.values((await books()).customers).find((row) => row.Name === first) as { ID: string };
    await shop.w.control(`/cin7/${shop.c.account}/customers/${gone.ID}/deprecate`);
    expect(await sent(by("ana@new.example.org", ana))).toBe(other);
    expect(await sent(by("ana@third.example.org", ana))).toBe(other);
  });

  it.each(["ana@old.example.org", "ana@new.example.org"])(
    "nothing personal is stored for it, and it goes with the person: %s (M46)",
    async (email) => {
      await open();
      const [ana = 0] = registered();
      const first = await sent(by("ana@old.example.org", ana));
      await sent(by("ana@new.example.org", ana));
      expect((await known()).map(({ key, name }) => [key, name ?? ""].join(" ").replace(/[0-9a-f]{64}/g, "#")).sort()).toEqual([
        "#:AUD ",
        "#:AUD #:AUD",
      ]);
      await shop.c.panel<Erased>("POST", at("/erase"), { email });
      expect((await known()).filter(({ name }) => name !== null)).toEqual([]);
      expect(await sent(by("ana@third.example.org", ana))).not.toBe(first);
    },
  );
});
