/** Why the page cannot be opened at all. */
export const lockedTexts = {
  'not-framed': {
    message: 'Ledgerport opens inside your marketplace.',
    next: 'Go to your marketplace, open Integrations and choose the tile from there.',
  },
  'null-origin': {
    message: 'The marketplace shows this page without an origin.',
    next: 'Its frame needs the permission “allow-same-origin”. Please tell the marketplace’s operator.',
  },
  unlisted: {
    message: 'This page is framed by a site that is not on its list.',
    next: 'Open Ledgerport from your marketplace. If you did, its operator has to list its address.',
  },
  'no-answer': {
    message: 'The marketplace did not answer.',
    next: 'Reload the marketplace’s page. If it stays like this, sign in there again.',
  },
} as const;
