import { parseArgs } from 'node:util';
import { benchAccess } from './access.ts';
import { benchAgreements } from './agreements.ts';
import { benchCalls } from './calls.ts';
import { benchContracts } from './contracts.ts';
import { benchLook } from './look.ts';
import { benchMemory } from './memory.ts';
import { benchNoChange } from './no-change.ts';
import { benchPages } from './pages.ts';
import { benchPlanning } from './planning.ts';
import { benchPlanningHistory } from './planning-history.ts';
import type { Row } from './row.ts';
import { benchScreen } from './size.ts';
import { benchStart } from './start.ts';
import { benchStore } from './store.ts';
import { benchStoreShare } from './store-share.ts';
import { table, verdict } from './table.ts';
import { benchTenantSize } from './tenant-size.ts';

/** What `npm run bench` measures; `--only` takes one name. */
const benches: Readonly<Record<string, () => Promise<Row[]>>> = {
  access: benchAccess,
  agreements: benchAgreements,
  contracts: benchContracts,
  calls: benchCalls,
  'no-change': benchNoChange,
  look: benchLook,
  planning: benchPlanning,
  'planning-history': benchPlanningHistory,
  start: benchStart,
  memory: benchMemory,
  pages: benchPages,
  screen: benchScreen,
  store: benchStore,
  'store-share': benchStoreShare,
  'tenant-size': benchTenantSize,
};

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, only: { type: 'string' } },
});
const chosen = Object.entries(benches).filter(
  ([name]) => values.only === undefined || name === values.only,
);
if (chosen.length === 0) {
  console.error(`--only takes one of: ${Object.keys(benches).join(', ')}`);
  process.exit(1);
}
const rows: Row[] = [];
for (const [name, bench] of chosen) {
  if (!values.json) console.error(`${name} ...`);
  rows.push(...(await bench()));
}
console.log(values.json ? JSON.stringify(rows, null, 2) : table(rows));
process.exit(rows.some((row) => verdict(row) === 'missed') ? 1 : 0);
