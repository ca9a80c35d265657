/** The page of what people changed in the system after us. */
export const changedTexts = {
  title: 'Changed in {system}',
  lead: 'Somebody changed these lines in {system} after they were written. Nothing is ever put back unasked: say for each what it means. An answer writes nothing, unless a credit that gave such a line back still stands: then it is taken back, and said before.',
  none: 'Nothing waits for an answer.',
  noneHelp: 'Every line of yours stands in {system} as it was written.',
  caption: 'Changed lines of {number}',
  changedAt: 'Changed {time}',
  line: 'Line',
  was: 'As written',
  now: 'Now',
  act: 'Answer',
  forAll: 'For all its lines:',
  changes: {
    voided: 'Voided',
    deleted: 'Deleted',
    missing: 'Line removed',
    amount: 'Amount changed',
    quantity: 'Quantity changed',
    price: 'Price changed',
    tax: 'Tax changed',
  },
  withTax: 'Tax {amount}',
  givenBack: 'Given back on {number}',
  takenBackToo:
    '{number} gave this back and stands: it is taken back too, so that nothing is credited that nobody is charged.',
  answers: { theirs: 'Keep as it is', again: 'Plan again' },
  sureTitle: {
    theirs: 'Is {number} right as it is in {system}?',
    again: 'Plan the charges of {number} again?',
  },
  sure: {
    theirs: 'What stands there counts as billed from now on.',
    again:
      'The charge becomes a task again: what stands there now is taken off by a correction, and the charge is written as it was sold.',
  },
  gone: {
    theirs: 'The charge is then not billed. It stays visible under Mappings > Not billed.',
    again: 'The charge becomes a task again and can be written on another {document}.',
  },
  done: { theirs: 'Taken as it stands.', again: 'Its charges are tasks again.' },
} as const;
