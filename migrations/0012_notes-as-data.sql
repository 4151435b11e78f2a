-- An order's note no longer begins with the word of its state, and a payment method's currency is a fact of its own: what the earlier
-- release wrote is brought into that form once, so that no code ever has to take a finished sentence apart.
UPDATE `orders` SET `note` = substr(`note`, 7) WHERE `state` = 'held' AND `note` LIKE 'Held: %';
--> statement-breakpoint
UPDATE `problems` SET `facts` = json_set(`facts`,
    '$.method', substr(json_extract(`facts`, '$.method'), 1, length(json_extract(`facts`, '$.method')) - 7),
    '$.currency', substr(json_extract(`facts`, '$.method'), -3))
  WHERE `kind` = 'payment-unmapped' AND json_extract(`facts`, '$.method') GLOB '* in [A-Z][A-Z][A-Z]';
