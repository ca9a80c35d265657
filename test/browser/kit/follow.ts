import { click, fieldTarget, fill } from './named.ts';
import type { Act, Step } from './tour.ts';
import type { Visitor } from './visitor.ts';

/** The longest a newcomer waits for is the first reading, on a machine that does much else. */
const seeMaxMs = 60_000;

/** Does one step of the tour as a newcomer does; the error names the step and shows a picture. */
export async function follow(
  visitor: Visitor,
  step: Step,
  meaning: (value: string) => string,
): Promise<void> {
  for (const [index, { act, place }] of step.acts.entries())
    try {
      const button = step.acts.slice(index).find((one) => one.act.do === 'click')?.act;
      const next = step.acts[index + 1]?.place ?? place;
      // Else what comes next would be looked for in a window that was there before.
      const opened =
        next === 'window' && place !== 'window' ? visitor.context.waitForEvent('page') : null;
      const name = button?.do === 'click' ? button.name : null;
      await Promise.all([opened, perform(visitor, place, act, { meaning, button: name })]);
    } catch (error) {
      const picture = await visitor.shot(`tour-step-${step.number}`, place);
      throw new Error(
        `Step ${step.number} of the tour, ${JSON.stringify(act)} (${place}); see ${picture}`,
        { cause: error },
      );
    }
}

async function perform(
  visitor: Visitor,
  place: Step['acts'][number]['place'],
  act: Act,
  { meaning, button }: { meaning: (value: string) => string; button: string | null },
): Promise<void> {
  const where = await visitor.at(place);
  switch (act.do) {
    case 'click':
      return void (await click(where, act.name));
    case 'fill':
      return fill(await fieldTarget(where, act.label, button), meaning(act.value));
    case 'see':
      return where
        .getByText(act.text)
        .filter({ visible: true })
        .first()
        .waitFor({ timeout: seeMaxMs });
    default:
      return act satisfies never;
  }
}
