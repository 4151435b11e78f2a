ALTER TABLE `orders` ADD `ordered` text;--> statement-breakpoint
-- What was read out of pictures until now (decision 0026): what came of each SKU, the totals that went to Cin7, what was assembled.
UPDATE `orders` SET `ordered` = (SELECT json_group_array(json_object('sku', value ->> 'sku', 'quantity', CAST(value ->> 'quantity' AS REAL)))
  FROM json_each(`picture`, '$.cameLines') WHERE COALESCE(value ->> 'sku', '') <> '')
WHERE json_array_length(`picture`, '$.cameLines') > 0;--> statement-breakpoint
INSERT INTO `sale_lines` (`store_hash`, `order_id`, `generation`, `account_id`, `currency`, `rate`, `tax_inclusive`, `location`, `net`, `tax`, `total`, `settings_version`)
SELECT `store_hash`, `order_id`, `generation`, `account_id`, `currency`, '',
  COALESCE((SELECT value ->> 'value' = 'With tax' FROM json_each(`picture`, '$.mapped.decisions') WHERE value ->> 'label' = 'Prices'), 0),
  COALESCE((SELECT value ->> 'value' FROM json_each(`picture`, '$.mapped.decisions') WHERE value ->> 'label' = 'Location'), ''),
  COALESCE(`picture` ->> '$.mapped.totals.exTax', ''), COALESCE(`picture` ->> '$.mapped.totals.tax', ''), `picture` ->> '$.mapped.totals.incTax',
  COALESCE(`picture` ->> '$.mapped.settingsVersion', `settings_version`, 0)
FROM `orders` WHERE `picture` ->> '$.mapped.totals.incTax' IS NOT NULL
ON CONFLICT DO NOTHING;--> statement-breakpoint
-- "5 × KIT (FG-00001), 1 × TUB (FG-00002)": one document each.
INSERT INTO `documents` (`store_hash`, `order_id`, `generation`, `kind`, `mark`, `account_id`, `number`, `state`, `currency`, `items`, `at`)
WITH RECURSIVE said(store_hash, order_id, generation, account_id, currency, at, part, rest) AS (
  SELECT o.store_hash, o.order_id, o.generation, o.account_id, o.currency, o.updated_at, '', (d.value ->> 'value') || ', '
  FROM `orders` o, json_each(o.picture, '$.mapped.decisions') d WHERE d.value ->> 'label' = 'Assembled'
  UNION ALL
  SELECT store_hash, order_id, generation, account_id, currency, at, substr(rest, 1, instr(rest, '), ') - 1), substr(rest, instr(rest, '), ') + 3)
  FROM said WHERE instr(rest, '), ') > 0
), made AS (
  SELECT *, substr(part, 1, instr(part, ' × ') - 1) AS quantity, rtrim(part, replace(part, '(', '')) AS named FROM said WHERE instr(part, ' × ') > 0
), each AS (
  SELECT *, substr(named, instr(named, ' × ') + 3, length(named) - instr(named, ' × ') - 4) AS sku, substr(part, length(named) + 1) AS number FROM made
)
SELECT store_hash, order_id, generation, 'assembly', 'ls:' || store_hash || ':' || order_id || ':assembly:' || sku, account_id, number, 'completed',
  currency, json_array(json_object('productId', '', 'sku', sku, 'quantity', quantity)), at
FROM each WHERE true
ON CONFLICT DO NOTHING;
