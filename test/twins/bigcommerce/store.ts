import { Hono } from "hono";
import { iso, pageOf, slice, v2Error, v3List, v3Problem } from "./codecs.ts";
import { ownerOf } from "./oauth.ts";
import type { Customer, Store } from "./state.ts";
import type { ApiEnv, Twin } from "./twin.ts";

/** The store, its settings, tax classes, currencies, payment methods, channels and customers (facts 9). */

export function storeInfo(store: Store): Record<string, unknown> {
  const owner = ownerOf(store);
  return {
    id: store.hash,
    account_uuid: store.accountUuid,
    domain: `${store.hash}.example.com`,
    secure_url: `https://${store.hash}.example.com`,
    control_panel_base_url: `https://store-${store.hash}.mybigcommerce.com`,
    status: "live",
    name: store.name,
    first_name: owner.username.split(" ")[0],
    last_name: owner.username.split(" ").slice(1).join(" "),
    address: `1 Market Street, ${store.city}`,
    country: store.country,
    country_code: store.countryCode,
    infrastructure_region: "us-central1",
    phone: "0390000000",
    admin_email: owner.email,
    order_email: `orders@${store.hash}.example.com`,
    favicon_url: "",
    timezone: {
      name: store.timezone,
      raw_offset: store.rawOffset,
      dst_offset: store.dstOffset,
      dst_correction: store.rawOffset !== store.dstOffset,
      date_format: { display: "jS M Y", export: "jS M Y", extended_display: "jS M Y @ g:i A" },
    },
    language: "en",
    currency: store.currency,
    currency_symbol: store.currencySymbol,
    decimal_separator: ".",
    thousands_separator: ",",
    decimal_places: 2,
    currency_symbol_location: "left",
    weight_units: "KGS",
    dimension_units: "Centimeters",
    dimension_decimal_places: 2,
    dimension_decimal_token: ".",
    dimension_thousands_token: ",",
    plan_name: "Plus",
    plan_level: "Plus",
    plan_is_trial: false,
    industry: "Sports & Outdoors",
    logo: [],
    is_price_entered_with_tax: store.pricesIncludeTax,
    store_id: store.storeId,
    default_channel_id: 1,
    default_site_id: 1000,
    active_comparison_modules: [],
    features: {
      stencil_enabled: true,
      sitewidehttps_enabled: true,
      facebook_catalog_id: "",
      checkout_type: "optimized",
      wishlists_enabled: true,
      graphql_storefront_api_enabled: true,
      shopper_consent_tracking_enabled: false,
      multi_storefront_enabled: true,
      storefront_limits: { active: 3, total_including_inactive: 4 },
    },
    ...store.infoPatch,
  };
}

export function customerView(customer: Customer, include: readonly string[]): Record<string, unknown> {
  const { address } = customer;
  const addresses = [
    {
      id: customer.id,
      customer_id: customer.id,
      first_name: address.first_name,
      last_name: address.last_name,
      company: address.company,
      address1: address.street_1,
      address2: address.street_2,
      city: address.city,
      state_or_province: address.state,
      postal_code: address.zip,
      country_code: address.country_iso2,
      country: address.country,
      phone: address.phone,
      address_type: "residential",
    },
  ];
  return {
    id: customer.id,
    email: customer.email,
    first_name: customer.first_name,
    last_name: customer.last_name,
    company: customer.company,
    phone: customer.phone,
    notes: "",
    tax_exempt_category: customer.tax_exempt_category ?? "",
    customer_group_id: customer.customer_group_id ?? 0,
    address_count: 1,
    accepts_product_review_abandoned_cart_emails: false,
    origin_channel_id: 1,
    channel_ids: [1],
    date_created: customer.date_created,
    date_modified: customer.date_created,
    ...(include.includes("addresses") && { addresses }),
    ...(include.includes("storecredit") && { store_credit_amounts: [{ amount: 0 }] }),
  };
}

export function storeV2Routes(twin: Twin): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  routes.get("/store", (c) => c.json(storeInfo(c.get("store"))));
  routes.get("/time", (c) => c.json({ time: Math.floor(twin.world.clock.now() / 1000) }));
  routes.get("/tax_classes", (c) => {
    const rows = c.get("store").taxClasses.map(({ rate: _, ...taxClass }) => ({
      ...taxClass,
      id: twin.switches.taxClassIdText ? String(taxClass.id) : taxClass.id,
    }));
    return c.json(slice(rows, pageOf(c)));
  });
  routes.get("/payments/methods", (c) => c.json(slice(c.get("store").paymentMethods, pageOf(c))));
  routes.get("/currencies", (c) => {
    const store = c.get("store");
    const rows = store.currencies.map(({ token, ...currency }) => ({
      ...currency,
      currency_exchange_rate: currency.currency_exchange_rate,
      country_iso2: store.countryCode,
      default_for_country_codes: [],
      use_default_name: false,
      auto_update: false,
      token_location: "left",
      token,
      decimal_token: ".",
      thousands_token: ",",
      enabled: true,
      last_updated: iso(Date.UTC(2026, 0, 5)),
    }));
    return c.json(slice(rows, pageOf(c)));
  });
  routes.get("/customer_groups", (c) =>
    c.json(
      slice(
        CUSTOMER_GROUPS.map((group) => ({ ...group, category_access: { type: "all" }, discount_rules: [] })),
        pageOf(c),
      ),
    ),
  );
  routes.all("*", (c) => v2Error(c, 404, "The requested resource was not found."));
  return routes;
}

const CUSTOMER_GROUPS = [
  { id: 1, name: "Retail", is_default: true },
  { id: 2, name: "Wholesale", is_default: false },
];

export function storeV3Routes(): Hono<ApiEnv> {
  const routes = new Hono<ApiEnv>();
  const data = (value: unknown) => ({ data: value, meta: {} });

  routes.get("/channels", (c) => {
    const store = c.get("store");
    const day = "2026-01-05T00:00:00Z";
    const channel = {
      id: 1,
      name: store.name,
      type: "storefront",
      platform: "bigcommerce",
      status: "active",
      is_visible: true,
      is_listable_from_ui: true,
      is_enabled: true,
      external_id: "",
      icon_url: "",
      date_created: day,
      date_modified: day,
    };
    return v3List(c, [channel]);
  });

  routes.get("/customers", (c) => {
    const query = c.req.query();
    const folded = (value: string | undefined) => value?.toLowerCase().split(",") ?? null;
    const ids = query["id:in"]?.split(",").map(Number) ?? null;
    const emails = folded(query["email:in"]);
    const names = folded(query["name:in"]);
    const include = query["include"]?.split(",") ?? [];
    const rows = Object.values(c.get("store").customers).filter(
      (customer) =>
        (!ids || ids.includes(customer.id)) &&
        (!emails || emails.includes(customer.email.toLowerCase())) &&
        (!names || names.includes(`${customer.first_name} ${customer.last_name}`.toLowerCase())),
    );
    return v3List(
      c,
      rows.map((customer) => customerView(customer, include)),
    );
  });

  routes.get("/settings/inventory", (c) => c.json(data(c.get("store").inventorySettings)));
  routes.get("/settings/store/locale", (c) =>
    c.json(
      data({
        default_shopper_language: "en",
        shopper_language_selection_method: "default_shopper_language",
        store_country: c.get("store").country,
      }),
    ),
  );
  routes.get("/settings/store/profile", (c) => {
    const store = c.get("store");
    const info = storeInfo(store);
    return c.json(
      data({
        store_address: info["address"],
        store_address_type: "Commercial Office",
        store_email: ownerOf(store).email,
        store_name: info["name"],
        store_phone: info["phone"],
      }),
    );
  });
  routes.get("/settings/store/units-of-measurement", (c) =>
    c.json(
      data({
        weight_measurement: "KGS",
        length_measurement: "Centimeters",
        decimal_token: ".",
        thousands_token: ",",
        decimal_places: 2,
        factoring_dimension: "depth",
      }),
    ),
  );
  routes.get("/tax/settings", (c) =>
    c.json(
      data({
        tax_entered_with_prices: c.get("store").pricesIncludeTax,
        price_display_settings: { control_panel_price_display_strategy: "ZONE", invoice_price_display_strategy: "ZONE" },
        fallback_strategy: "FIXED",
        should_subtract_store_tax: true,
        should_use_geolocation_to_determine_guest_shopper_tax_zone: false,
        guest_shopper_tax_zone_id: 1,
        store_tax_zone_id: 1,
        document_submission_strategy: "ON_PAYMENT_CAPTURE",
        rounding_strategy: "RATE_ROUNDING",
      }),
    ),
  );
  routes.get("/inventory/locations", (c) => {
    const store = c.get("store");
    const when = iso(Date.UTC(2026, 0, 5));
    const address = { address1: "1 Market Street", address2: "", city: store.city, state: store.state, zip: store.zip };
    const location = {
      id: 1,
      code: "BC-LOCATION-1",
      label: "Default location",
      description: "",
      managed_by_external_source: false,
      type_id: "PHYSICAL",
      enabled: true,
      operating_hours: {},
      time_zone: store.timezone,
      created_at: when,
      updated_at: when,
      address: { ...address, email: ownerOf(store).email, phone: "", geo_coordinates: {}, country_code: store.countryCode },
      storefront_visibility: true,
      special_hours: [],
    };
    return v3List(c, [location]);
  });
  routes.all("*", (c) => v3Problem(c, 404, "Resource not found"));
  return routes;
}
