import { html } from 'hono/html';
import type { Markup } from '../../people/layout.ts';
import { textOf, wholeOf } from '../row.ts';
import { CONTRACT_PERIODS, CONTRACT_STATUSES, CONTRACT_TYPES } from '../schema/picklists.ts';
import type { World } from '../world.ts';
import { frame, link, table } from './frame.ts';
import { companyName, day, labelOf } from './words.ts';

export function contractsPage(world: World, problem: string | undefined): Markup {
  const body = html`<h1>Contracts</h1>
    ${table({
      label: 'Contracts',
      none: 'No contract yet.',
      heads: ['Name', 'Company', 'Type', 'Period', 'From', 'To', 'Status'],
      rows: world.tables
        .all('Contracts')
        .map((contract) => [
          link(`/contracts/${contract.id}`, textOf(contract, 'contractName')),
          companyName(world, contract),
          labelOf(CONTRACT_TYPES, wholeOf(contract, 'contractType')),
          labelOf(CONTRACT_PERIODS, wholeOf(contract, 'contractPeriodType')),
          day(contract, 'startDate'),
          day(contract, 'endDate'),
          labelOf(CONTRACT_STATUSES, wholeOf(contract, 'status')),
        ]),
    })}`;
  return frame({ world, section: 'contracts', title: 'Contracts', body, problem });
}
