import type { View } from '../../api.ts';
import { say } from '../../i18n.ts';
import { ask } from '../../state/ask.ts';
import { disconnect } from '../../state/connection.ts';
import { settle } from '../../state/toasts.ts';
import { en } from '../../texts/en.ts';
import { leaveTexts as texts } from '../../texts/en-leave.ts';
import { sayWith } from '../../texts/words.ts';

/** Disconnects after one question that says what stays. */
export async function leave(of: View.ConnectionView): Promise<void> {
  const yes = await ask({
    title: say(texts.ask, { name: of.accountName }),
    body: [
      of.typedAccess ? texts.typed : texts.consent,
      texts.stays,
      ...(of.userLists ? [texts.lists] : []),
    ].map((text) => sayWith(text)),
    yes: en.dashboard.disconnect,
    danger: true,
  });
  if (yes) await settle(disconnect(of.id), texts.done, 'shell', 'connection');
}
