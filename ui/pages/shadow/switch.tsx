import type { View } from '../../api.ts';
import { day, say } from '../../i18n.ts';
import { Button } from '../../parts/button.tsx';
import { ask } from '../../state/ask.ts';
import { switchOver } from '../../state/shadow.ts';
import { connection } from '../../state/shell.ts';
import { settle } from '../../state/toasts.ts';
import { shadowTexts as texts } from '../../texts/en-shadow.ts';

/** Offered where a month is the same; asks from which day. */
export const Switch = ({
  id,
  month,
  of,
  from,
}: {
  id: string;
  month: string;
  of: View.ShadowCustomerView;
  from: string;
}) =>
  of.isClean ? (
    <Button
      small
      kind="main"
      needs="operator"
      disabled={connection.value?.mayApprove !== true}
      onClick={() => change(id, month, of, from)}
    >
      {texts.switch}
      <span class="hidden">: {of.name}</span>
    </Button>
  ) : (
    <span class="quiet">{texts.notClean}</span>
  );

async function change(
  id: string,
  month: string,
  of: View.ShadowCustomerView,
  from: string,
): Promise<void> {
  const answer = await ask({
    title: say(texts.switchTitle, { customer: of.name }),
    body: texts.switchBody,
    yes: texts.switch,
    date: { label: texts.switchFrom, value: from },
  });
  if (answer)
    await settle(
      switchOver(id, month, of, answer.date),
      say(texts.switched, { customer: of.name, date: day(answer.date) }),
      'mappings',
      'tasks',
      'connection',
    );
}
