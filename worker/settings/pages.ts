/** Pages of Setup, as paths of the UI: checklist and remedies point there. */
export const SETUP = {
  connection: "/setup/connection",
  orders: "/setup/orders",
  customers: "/setup/customers",
  location: "/setup/orders",
  tax: "/setup/tax",
  payments: "/setup/payments",
  charges: "/setup/charges",
} as const;
