import { money, plural, say } from '../../i18n.ts';
import { ask } from '../../state/ask.ts';
import { readPreview, writable } from '../../state/run.ts';
import type { Settings } from '../../state/settings.ts';
import { words } from '../../state/shell.ts';
import { notifyError } from '../../state/toasts.ts';
import { en } from '../../texts/en.ts';
import { settingsTexts } from '../../texts/en-settings.ts';

const texts = settingsTexts.turnOn;
/** So many documents are named one by one; the dashboard and Sync all show every one. */
const namedMax = 40;

/** Before "Write automatically" is switched on, what it would write now; false keeps it off. */
export async function mayTurnOn(id: string, before: Settings, after: Settings): Promise<boolean> {
  if (before.automatic.mode !== 'off' || after.automatic.mode === 'off') return true;
  const read = await readPreview(id, { kind: 'automatic', customerIds: 'all' });
  if (!read.ok) {
    notifyError(read.error);
    return false;
  }
  const plans = writable(read.value);
  if (plans.length === 0) return true;
  const rest = plans.length - namedMax;
  const yes = await ask({
    title: texts.title,
    body: [
      `${plural(en.dashboard.documents, plans.length, { document: words.value.document })}: ${read.value.totals.map(money).join(' + ')}`,
      ...plans
        .slice(0, namedMax)
        .map(({ customerName, added, lines }) =>
          plural(texts.row, lines.length, { customer: customerName, amount: money(added) }),
        ),
      ...(rest > 0 ? [say(texts.more, { count: String(rest) })] : []),
      texts.settings,
    ],
    yes: texts.yes,
  });
  return yes !== null;
}
