/** The inbox's own SQLite (design 5): appended to, never edited; old code tolerates new columns. */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE work (
     key TEXT PRIMARY KEY, kind TEXT NOT NULL, lane TEXT NOT NULL, rank INTEGER NOT NULL, data TEXT NOT NULL,
     seq INTEGER NOT NULL, due INTEGER NOT NULL, attempts INTEGER NOT NULL, strikes INTEGER NOT NULL,
     why TEXT NOT NULL, parked INTEGER NOT NULL, since INTEGER NOT NULL);
   CREATE INDEX work_due ON work (parked, due, rank);
   CREATE TABLE claims (
     step TEXT PRIMARY KEY, mark TEXT NOT NULL, started INTEGER NOT NULL, attempt INTEGER NOT NULL,
     looked INTEGER, answer TEXT);
   CREATE TABLE drafts (order_id INTEGER PRIMARY KEY, draft TEXT NOT NULL, at INTEGER NOT NULL);
   CREATE TABLE attempts (
     id INTEGER PRIMARY KEY AUTOINCREMENT, order_id INTEGER, at INTEGER NOT NULL, step TEXT NOT NULL, side TEXT NOT NULL,
     method TEXT NOT NULL, path TEXT NOT NULL, status INTEGER, outcome TEXT NOT NULL, ms INTEGER NOT NULL,
     note TEXT NOT NULL, request TEXT, response TEXT);
   CREATE INDEX attempts_order ON attempts (order_id, id);
   CREATE TABLE identity (id INTEGER PRIMARY KEY CHECK (id = 1), name TEXT NOT NULL);
   CREATE TABLE sides (side TEXT PRIMARY KEY, since INTEGER NOT NULL, tries INTEGER NOT NULL, why TEXT NOT NULL)`,
  // The side that kept an item from being done: when it answers again, the item is due at once.
  `ALTER TABLE work ADD COLUMN side TEXT;
   CREATE INDEX work_lane ON work (lane);
   CREATE TABLE breakers (
     side TEXT PRIMARY KEY, troubles INTEGER NOT NULL, since INTEGER NOT NULL, probe INTEGER NOT NULL,
     told INTEGER NOT NULL, why TEXT NOT NULL)`,
  // What the gate said of a class: one row, however many items wait.
  `CREATE TABLE holds (rank INTEGER PRIMARY KEY, until INTEGER NOT NULL)`,
  // Calls for no order are not kept any more: nobody could read them, and what they answered is of many shoppers.
  `DELETE FROM attempts WHERE order_id IS NULL;
   CREATE INDEX attempts_at ON attempts (at)`,
  // When everything was forgotten last.
  `ALTER TABLE identity ADD COLUMN erased_at INTEGER NOT NULL DEFAULT 0`,
  // Which item is next, when, and what calls they want, are answered by indexes and counters (decision 0030): `turn` says what kind
  // of item it is (`turn.ts`), `waits` 0: due, 1: later, 2: later for its turn at Cin7 only. Triggers keep `demand` with each row.
  `DROP INDEX work_due;
   DROP INDEX work_lane;
   ALTER TABLE work ADD COLUMN turn INTEGER;
   ALTER TABLE work ADD COLUMN waits INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE work ADD COLUMN calls INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE work ADD COLUMN wants INTEGER GENERATED ALWAYS AS
     (CASE WHEN parked = 0 AND side IS NULL AND waits <> 1 THEN calls ELSE 0 END) VIRTUAL;
   CREATE INDEX work_turn ON work (turn, since) WHERE parked = 0 AND waits = 0;
   CREATE INDEX work_later ON work (turn, due) WHERE parked = 0 AND waits > 0;
   CREATE INDEX work_ripens ON work (due) WHERE parked = 0 AND waits > 0;
   CREATE INDEX work_side ON work (side) WHERE side IS NOT NULL;
   CREATE TABLE demand (rank INTEGER PRIMARY KEY, calls INTEGER NOT NULL);
   CREATE TRIGGER demand_put AFTER INSERT ON work WHEN NEW.wants > 0 BEGIN
     INSERT INTO demand (rank, calls) VALUES (NEW.rank, NEW.wants) ON CONFLICT (rank) DO UPDATE SET calls = calls + excluded.calls;
   END;
   CREATE TRIGGER demand_gone AFTER DELETE ON work WHEN OLD.wants > 0 BEGIN
     UPDATE demand SET calls = calls - OLD.wants WHERE rank = OLD.rank;
   END;
   CREATE TRIGGER demand_moved AFTER UPDATE ON work WHEN NEW.wants <> OLD.wants OR (NEW.rank <> OLD.rank AND NEW.wants > 0) BEGIN
     UPDATE demand SET calls = calls - OLD.wants WHERE rank = OLD.rank AND OLD.wants > 0;
     INSERT INTO demand (rank, calls) SELECT NEW.rank, NEW.wants WHERE NEW.wants > 0
       ON CONFLICT (rank) DO UPDATE SET calls = calls + excluded.calls;
   END`,
  // Calls made for an order lie together, one row each and no index (decision 0030); which orders had calls on a day finds what is
  // too old. What an older release kept in `attempts` is read there until its time has come.
  `CREATE TABLE order_calls (
     order_id INTEGER NOT NULL, n INTEGER NOT NULL, at INTEGER NOT NULL, step TEXT NOT NULL, side TEXT NOT NULL, method TEXT NOT NULL,
     path TEXT NOT NULL, status INTEGER, outcome TEXT NOT NULL, ms INTEGER NOT NULL, note TEXT NOT NULL, request TEXT, response TEXT,
     PRIMARY KEY (order_id, n)) WITHOUT ROWID;
   CREATE TABLE call_days (day INTEGER NOT NULL, order_id INTEGER NOT NULL, PRIMARY KEY (day, order_id)) WITHOUT ROWID`,
  // What is kept of a customer that was made is its ID: names go, also those of before.
  `UPDATE claims SET answer = json_remove(answer, '$.name') WHERE step LIKE 'customer:%' AND answer IS NOT NULL`,
  // One body for each claim step, those of an order together (decision 0004). What an older release kept in `drafts`, one an order, is
  // read there until it is settled under its step: only its content says which that is.
  `CREATE TABLE frozen (order_id INTEGER NOT NULL, step TEXT NOT NULL, body TEXT NOT NULL, at INTEGER NOT NULL,
     PRIMARY KEY (order_id, step)) WITHOUT ROWID`,
];
