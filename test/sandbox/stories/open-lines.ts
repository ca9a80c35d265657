import { addMonths, dateOf } from '../calendar.ts';
import { FIRST_TENANT_ID } from '../marketplace/config.ts';
import type { HandLines } from '../people/hand-lines.ts';
import type { World } from '../world.ts';
import { onPaper, type Planted } from './paper.ts';

/** Agreements or contracts that were opened, and what is wrong on them. */
export interface OpenLines {
  documents: number;
  lines: number;
  planted: Planted[];
}

const monthsBack = 2;
const yearMonths = 12;

/**
 * A reseller whose people keep what the marketplace sells on agreements (ConnectWise) or contracts
 * (Autotask) by hand, one a customer and one for what is paid by the year, with the slips that such work
 * has: seats and prices nobody changed, lines nobody opened or ended.
 */
export function keepOpenLines(world: World, system: 'connectwise' | 'autotask'): OpenLines {
  const { person } = world.systems[system];
  const account = world.marketplace.market.account(FIRST_TENANT_ID);
  const today = dateOf(world.clock.nowMs());
  const newest = `${today.slice(0, 7)}-01`;
  const from = addMonths(newest, -monthsBack);
  const result: OpenLines = { documents: 0, lines: 0, planted: [] };
  for (const { customer, lines } of onPaper(account, { first: from, newest }, () => true)) {
    const open = lines.filter(({ isOpenOn }) => isOpenOn(today));
    const given = [1, yearMonths].flatMap((months): HandLines[] => {
      const own = open.filter((line) => line.months === months);
      return own.length === 0
        ? []
        : [{ name: `Cloud by hand${months === 1 ? '' : ', yearly'}`, from, months, lines: own }];
    });
    const opened = person.openByHand(customer.name, given);
    if (opened === null) continue;
    result.documents += opened.length;
    result.lines += given.reduce((sum, { lines: own }) => sum + own.length, 0);
    result.planted.push(...lines.flatMap(({ planted }) => planted ?? []));
  }
  return result;
}
