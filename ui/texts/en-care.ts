/** Several people at one list: who looks after what, notes, and what is put off. */
export const careTexts = {
  open: 'Assign or put off',
  title: { one: 'Arrange {count} order', other: 'Arrange {count} orders' },
  lead: 'For your colleagues. It changes nothing of what is billed.',
  assignee: 'Looks after it',
  nobody: 'Nobody',
  note: 'Note',
  noteHelp: 'At most 500 characters; empty takes it away.',
  snooze: 'Put off until',
  snoozeHelp:
    'Until then it asks nobody, and neither “Sync all” nor automatic writes it. Empty: not put off.',
  save: 'Save',
  saved: { one: '{count} order arranged.', other: '{count} orders arranged.' },
  with: 'With {name}',
  until: 'Put off until {date}',
  noted: '“{text}” {by}',
  present: '{names} is in it now',
  presentMany: '{names} are in it now',
  alsoHere: '{names} has this open too.',
  alsoHereMany: '{names} have this open too.',
} as const;
