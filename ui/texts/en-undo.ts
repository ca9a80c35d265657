/** Taking back what was written. */
export const undoTexts = {
  act: 'Take back',
  title: 'Take back {name}?',
  lead: 'This is what it does in {system}. The orders are then held until you bill them again.',
  nothing: 'Nothing of it stands in {system} any more.',
  caption: 'What taking back does',
  document: 'In {system}',
  what: 'What happens',
  how: {
    'remove-lines': { one: '{count} line is removed', other: '{count} lines are removed' },
    'standing-lines': {
      one: '{count} line ends, or goes back to what it was before',
      other: '{count} lines end, or go back to what they were before',
    },
    delete: { one: 'The draft is deleted', other: 'The draft is deleted' },
    void: { one: 'It is voided', other: 'It is voided' },
    'credit-note': {
      one: 'A credit note of {date} answers {count} line',
      other: 'A credit note of {date} answers {count} lines',
    },
    invoice: {
      one: 'An invoice of {date} answers {count} line',
      other: 'An invoice of {date} answers {count} lines',
    },
  },
  stays: 'What {system} invoiced up to {date} stays. Credit it there if it was wrong.',
  amount: 'Off the balance',
  kept: 'Stays as it is',
  why: {
    gone: 'It was voided or deleted in {system}. Answer that under “Changed in {system}”.',
    unread: 'It could not be read lately. Check again, then try once more.',
    busy: 'Something is being written to it. Try again in a minute.',
    correction: 'It corrects an earlier line, and can no longer change.',
    changed: 'Somebody changed it in {system}. Answer that first, under “Changed in {system}”.',
    unmapped: 'Its {company} is not known in {system} any more.',
    asks: 'It would ask something before it could be billed again. Answer that first.',
    standing:
      '{system} invoices the line by itself, period by period. Move it there; from then on it is billed where it stands.',
    'no-account': 'A line of it has no account code. Choose a default account first.',
  },
  mapsBack: '{name} is mapped to {target} again.',
  yes: 'Take back',
  started: 'Taking it back.',
  since: 'Taken back is what was written since',
  sinceTitle: 'Take back what was written for {name}?',
  sinceBody: 'Choose the first day. You see every document before anything happens.',
  sinceNext: 'Show',
} as const;
