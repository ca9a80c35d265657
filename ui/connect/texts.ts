/** What the popup says, by what happened. */
export const texts = {
  asking: { title: 'Connect', text: 'One moment…', next: '' },
  noOpener: {
    title: 'This window was not opened by the app',
    text: 'Nothing was connected. If somebody sent you this link, do not use it.',
    next: 'Open the app in your marketplace and choose Connect there.',
  },
  expired: {
    title: 'This attempt is over',
    text: 'It took too long, was used already, or a newer one was started. Nothing was connected.',
    next: 'Close this window and choose Connect again.',
  },
  refused: {
    title: 'Not connected',
    text: 'Access was not given, or the answer did not belong to this window.',
    next: 'Close this window and choose Connect again.',
  },
  failed: {
    title: 'Could not continue',
    text: 'The app did not answer. Nothing was connected.',
    next: 'Close this window and choose Connect again.',
  },
  returned: {
    title: 'Back to the app',
    text: 'Access was given. The app goes on where you started.',
    next: 'This window closes by itself.',
  },
} as const;
export type TextName = keyof typeof texts;

export const linkTitle = (system: string): string => `Link ${system}`;
export const linkText = (facts: {
  system: string;
  tenant: string;
  marketplace: string;
  user: string;
}): string => `Link ${facts.system} to ${facts.tenant} on ${facts.marketplace}, as ${facts.user}.`;
export const linkNext =
  'Continue only if this is your company and you started this just now. You sign in on the next page.';
