import { now } from '../../clock.ts';
import { go, href } from '../../router.ts';
import { type Answer, scopeOf } from '../../state/answers.ts';
import { ask } from '../../state/ask.ts';
import { check, dashboard, ignore } from '../../state/connection.ts';
import { settingsFor } from '../../state/dialogs.ts';
import { changeCustomers, removeDecision } from '../../state/mappings.ts';
import { settle } from '../../state/toasts.ts';
import { type Asked, chosenStep, decide, work } from '../../state/wizard.ts';
import { en } from '../../texts/en.ts';
import { mappingTexts } from '../../texts/en-mappings.ts';
import { pagesTexts } from '../../texts/en-pages.ts';
import { wizardTexts } from '../../texts/en-wizard.ts';
import { nameOfNeed } from '../../texts/words.ts';
import { askBillFrom } from '../dashboard/bill-from.ts';

/** By the person's own clock: only what is offered first. */
const inAWeek = (): string => inDays(7);
const inAMonth = (): string => inDays(30);
const inDays = (days: number): string =>
  new Date(now() + days * 86_400_000).toISOString().slice(0, 10);

const noted = wizardTexts.questions.answered;

/** Does what an answer says. */
export async function answer({
  id,
  asked,
  answer: given,
}: {
  id: string;
  asked: Asked;
  answer: Answer;
}) {
  const { task } = asked;
  switch (given.do) {
    case 'decide':
      return settle(decide(id, given.scope, given.value), noted, 'tasks', 'mappings');
    case 'wait': {
      const yes = await ask({
        title: given.label,
        body: [wizardTexts.questions.waitBody],
        yes: given.label,
        date: { label: wizardTexts.questions.waitUntil, value: inAWeek() },
      });
      if (!yes) return null;
      return settle(
        decide(id, { kind: 'order', orderId: task.orderId }, { kind: 'wait', until: yes.date }),
        noted,
        'tasks',
      );
    }
    case 'keep-price': {
      const yes = await ask({
        title: given.label,
        body: [wizardTexts.questions.keepBody],
        yes: given.label,
        date: { label: wizardTexts.questions.keepUntil, value: inAMonth() },
      });
      if (!yes) return null;
      const { scope, moves } = given;
      return settle(
        decide(id, scope, { kind: 'price-change', answer: 'keep', moves, until: yes.date }),
        noted,
        'tasks',
        'mappings',
      );
    }
    case 'ignore': {
      const yes = await ask({
        title: given.label,
        body: [pagesTexts.tasks.ignoreBody],
        yes: pagesTexts.tasks.ignore,
        reason: en.common.reason,
      });
      if (!yes) return null;
      const done = await settle(ignore(id, [task.id], yes.reason), noted, 'tasks');
      if (done) go(href(['c', id, 'tasks']));
      return done;
    }
    case 'exclude': {
      const yes = await ask({
        title: mappingTexts.exclude,
        body: [mappingTexts.excludeBody],
        yes: mappingTexts.exclude,
        reason: en.common.reason,
      });
      const seen = work.state.value.value;
      if (!yes || !seen) return null;
      const scope = scopeOf(asked, seen);
      const { reason } = yes;
      return settle(
        decide(id, scope, { kind: 'exclude', reason, until: null }),
        noted,
        'tasks',
        'mappings',
      );
    }
    case 'release':
      return settle(removeDecision(id, given.decisionId), noted, 'tasks', 'mappings');
    case 'schedule':
      return settle(
        changeCustomers(id, { do: 'schedule-answered', ids: [task.customerId] }),
        noted,
        'tasks',
      );
    case 'bills':
      return settle(
        changeCustomers(id, { do: 'bills', ids: [task.customerId], on: true }),
        noted,
        'tasks',
      );
    case 'check':
      return settle(check(id), noted, 'tasks');
    case 'edit':
      chosenStep.value = 'lines';
      return null;
    case 'settings':
      settingsFor.value = id;
      return null;
    case 'bill-from': {
      await dashboard.load(id);
      const known = dashboard.state.value.value;
      return known && askBillFrom(known.connection);
    }
    case 'openings':
      return go(href(['c', id, 'openings']));
    case 'map-customer':
      return go(href(['c', id, 'mappings', 'customers'], { search: task.customerName }));
    case 'map-product':
      return go(href(['c', id, 'mappings', 'products'], { search: nameOfNeed(asked.need) ?? '' }));
    default:
      return given satisfies never;
  }
}
