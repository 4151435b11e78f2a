/**
 * What the demo shop sells, the same list for both twins: BigCommerce lists it, Cin7 Core stocks it under the same SKUs.
 * Prices are AUD before tax, weights are kilograms, tax class 0 is "Default Tax Class" (10 % GST), 1 is "GST free".
 */

type CatalogueOption = { name: string; value: string };

/** One sellable SKU. Variants of one product share `family`; a product without variants is its own family. */
export type CatalogueRow = {
  sku: string;
  /** With the options of the variant, e.g. "Merino Tee - Navy / M". */
  name: string;
  price: string;
  weight: number;
  taxClass: 0 | 1;
  category: string;
  brand: string;
  options: CatalogueOption[];
  family: { sku: string; name: string };
};

type Choice = readonly [label: string, code: string];
type Family = {
  sku: string;
  name: string;
  price: string;
  weight: number;
  taxClass?: 1;
  category: string;
  brand: string;
  /** Option name → its values; two options multiply. */
  by?: Readonly<Record<string, readonly Choice[]>>;
};

const SIZES: readonly Choice[] = [
  ["S", "S"],
  ["M", "M"],
  ["L", "L"],
  ["XL", "XL"],
];
const COLOURS: readonly Choice[] = [
  ["Navy", "NVY"],
  ["Eucalypt", "EUC"],
];
const SHOES: readonly Choice[] = [
  ["40", "40"],
  ["42", "42"],
  ["44", "44"],
];
const BAGS: readonly Choice[] = [
  ["250 g", "250"],
  ["1 kg", "1000"],
];

const wear = (sku: string, name: string, price: string, weight: number, by: Family["by"]): Family => ({
  sku,
  name,
  price,
  weight,
  category: "Clothing",
  brand: "Wattle & Gum",
  by,
});
const gear = (sku: string, name: string, price: string, weight: number, category: string, brand: string, by?: Family["by"]): Family => ({
  sku,
  name,
  price,
  weight,
  category,
  brand,
  ...(by && { by }),
});
const food = (sku: string, name: string, price: string, weight: number, by?: Family["by"]): Family => ({
  sku,
  name,
  price,
  weight,
  taxClass: 1,
  category: "Pantry",
  brand: "Billy Provisions",
  ...(by && { by }),
});

const FAMILIES: readonly Family[] = [
  wear("TEE-MER", "Merino Tee", "59.00", 0.2, { Colour: COLOURS, Size: SIZES }),
  wear("TEE-ORG", "Organic Cotton Tee", "35.00", 0.22, { Colour: COLOURS, Size: SIZES }),
  wear("SHT-FLN", "Flannel Shirt", "79.95", 0.4, { Size: SIZES }),
  wear("SHT-LIN", "Linen Shirt", "89.95", 0.3, { Colour: COLOURS, Size: SIZES }),
  wear("JKT-RAIN", "Rain Jacket", "199.00", 0.6, { Colour: COLOURS, Size: SIZES }),
  wear("JKT-DOWN", "Down Jacket", "279.00", 0.7, { Size: SIZES }),
  wear("VST-FLC", "Fleece Vest", "99.00", 0.35, { Size: SIZES }),
  wear("PNT-HIKE", "Hiking Trousers", "119.00", 0.5, { Size: SIZES }),
  wear("SHO-HIKE", "Hiking Shorts", "79.00", 0.3, { Size: SIZES }),
  wear("SOX-MER", "Merino Socks", "24.95", 0.08, { Size: SIZES.slice(0, 3) }),
  wear("HAT-BUCK", "Bucket Hat", "39.95", 0.12, { Colour: COLOURS }),
  wear("HAT-BEAN", "Wool Beanie", "34.95", 0.1, { Colour: COLOURS }),
  wear("GLV-WOOL", "Wool Gloves", "29.95", 0.09, { Size: SIZES.slice(0, 3) }),
  gear("BOO-TRAIL", "Trail Boots", "239.00", 1.3, "Footwear", "Bushline", { Size: SHOES }),
  gear("SHU-CAMP", "Camp Slippers", "59.00", 0.4, "Footwear", "Bushline", { Size: SHOES }),
  gear("SAN-RIVER", "River Sandals", "89.00", 0.7, "Footwear", "Bushline", { Size: SHOES }),
  gear("PAC-DAY20", "Daypack 20 L", "129.00", 0.8, "Packs", "Bushline", { Colour: COLOURS }),
  gear("PAC-TRK55", "Trekking Pack 55 L", "329.00", 1.9, "Packs", "Bushline"),
  gear("PAC-DRY10", "Dry Bag 10 L", "27.50", 0.15, "Packs", "Bushline"),
  gear("PAC-COVER", "Pack Cover", "32.95", 0.12, "Packs", "Bushline"),
  gear("TNT-1P", "One-Person Tent", "389.00", 1.4, "Camping", "Southern Cross"),
  gear("TNT-2P", "Two-Person Tent", "489.00", 2.1, "Camping", "Southern Cross"),
  gear("TNT-PEGS", "Tent Pegs, set of 10", "19.95", 0.2, "Camping", "Southern Cross"),
  gear("SLP-BAG0", "Sleeping Bag 0 °C", "259.00", 1.1, "Camping", "Southern Cross"),
  gear("SLP-MAT", "Sleeping Mat", "119.00", 0.5, "Camping", "Southern Cross"),
  gear("SLP-PIL", "Camp Pillow", "39.00", 0.15, "Camping", "Southern Cross"),
  gear("HAM-DBL", "Double Hammock", "84.95", 0.6, "Camping", "Southern Cross"),
  gear("CHR-FOLD", "Folding Chair", "74.50", 2.4, "Camping", "Southern Cross"),
  gear("TBL-ROLL", "Roll-up Table", "99.95", 2.9, "Camping", "Southern Cross"),
  gear("STV-GAS", "Gas Stove", "69.95", 0.3, "Cooking", "Ember"),
  gear("STV-POT", "Camp Pot 1.5 L", "49.95", 0.4, "Cooking", "Ember"),
  gear("STV-KIT", "Cook Set for Two", "109.00", 0.9, "Cooking", "Ember"),
  gear("CUP-ENAM", "Enamel Mug", "17.95", 0.15, "Cooking", "Ember"),
  gear("CUP-TITN", "Titanium Mug", "54.95", 0.07, "Cooking", "Ember"),
  gear("SPK-TITN", "Titanium Spork", "16.50", 0.02, "Cooking", "Ember"),
  gear("BTL-750", "Steel Bottle 750 ml", "38.95", 0.35, "Cooking", "Ember", { Colour: COLOURS }),
  gear("FLK-1L", "Vacuum Flask 1 L", "62.00", 0.6, "Cooking", "Ember"),
  gear("FIL-WATR", "Water Filter", "89.90", 0.1, "Cooking", "Ember"),
  gear("LGT-HEAD", "Head Torch", "64.95", 0.09, "Lighting", "Southern Cross"),
  gear("LGT-LANT", "Camp Lantern", "54.00", 0.3, "Lighting", "Southern Cross"),
  gear("LGT-FAIRY", "Tent Fairy Lights", "21.90", 0.1, "Lighting", "Southern Cross"),
  gear("BAT-AA4", "Batteries AA, pack of 4", "11.95", 0.1, "Lighting", "Southern Cross"),
  gear("NAV-COMP", "Compass", "44.95", 0.05, "Navigation", "Bushline"),
  gear("NAV-MAPV", "Topographic Map: Victoria", "14.95", 0.06, "Navigation", "Bushline"),
  gear("NAV-WHST", "Safety Whistle", "9.95", 0.02, "Navigation", "Bushline"),
  gear("FST-AID", "First Aid Kit", "57.95", 0.5, "Safety", "Bushline"),
  gear("SUN-SPF50", "Sunscreen SPF 50+", "18.95", 0.25, "Safety", "Bushline"),
  gear("INS-REPL", "Insect Repellent", "13.95", 0.15, "Safety", "Bushline"),
  gear("TOO-MULT", "Multi-Tool", "94.95", 0.24, "Tools", "Ember"),
  gear("TOO-AXE", "Camp Axe", "88.00", 0.9, "Tools", "Ember"),
  gear("TOO-ROPE", "Rope 20 m", "29.50", 0.7, "Tools", "Ember"),
  gear("TOO-CARB", "Carabiner", "7.95", 0.04, "Tools", "Ember"),
  food("COF-SING", "Single Origin Coffee", "18.50", 0.3, { Bag: BAGS }),
  food("COF-CAMP", "Campfire Blend Coffee", "16.50", 0.3, { Bag: BAGS }),
  food("TEA-BILLY", "Billy Tea", "9.95", 0.15),
  food("OAT-PORR", "Porridge Oats 1 kg", "6.95", 1),
  food("RIC-BROWN", "Brown Rice 1 kg", "5.45", 1),
  food("FLR-DAMP", "Damper Flour Mix", "7.50", 0.8),
  food("NUT-RAW", "Raw Macadamias 500 g", "22.95", 0.5),
  food("HON-RAW", "Bush Honey 400 g", "13.33", 0.5),
];

function combinations(by: NonNullable<Family["by"]>): { options: CatalogueOption[]; code: string }[] {
  let rows: { options: CatalogueOption[]; code: string }[] = [{ options: [], code: "" }];
  for (const [name, choices] of Object.entries(by)) {
    rows = rows.flatMap((row) =>
      choices.map(([value, code]) => ({ options: [...row.options, { name, value }], code: `${row.code}-${code}` })),
    );
  }
  return rows;
}

function rowsOf(family: Family): CatalogueRow[] {
  const { sku, name, price, weight, category, brand } = family;
  const common = { price, weight, taxClass: family.taxClass ?? (0 as const), category, brand, family: { sku, name } };
  if (!family.by) return [{ sku, name, ...common, options: [] }];
  return combinations(family.by).map(({ options, code }) => ({
    sku: `${sku}${code}`,
    name: `${name} - ${options.map((option) => option.value).join(" / ")}`,
    ...common,
    options,
  }));
}

/** Every sellable SKU of the demo shop, variants of one product in sequence. */
export const DEMO_CATALOGUE: readonly CatalogueRow[] = FAMILIES.flatMap(rowsOf);

/** The `large` scenario: `products` products with three variants each, SKUs `L00001-A`, `L00001-B`, `L00001-C`, … */
export function largeCatalogue(products = 10_000): CatalogueRow[] {
  const rows: CatalogueRow[] = [];
  for (let n = 1; n <= products; n++) {
    const sku = `L${String(n).padStart(5, "0")}`;
    const family = { sku, name: `Article ${n}` };
    for (const size of ["A", "B", "C"]) {
      rows.push({
        sku: `${sku}-${size}`,
        name: `Article ${n} - ${size}`,
        price: `${(n % 190) + 5}.${String(n % 100).padStart(2, "0")}`,
        weight: 0.25,
        taxClass: n % 5 === 0 ? 1 : 0,
        category: `Aisle ${(n % 40) + 1}`,
        brand: `Maker ${(n % 25) + 1}`,
        options: [{ name: "Size", value: size }],
        family,
      });
    }
  }
  return rows;
}
