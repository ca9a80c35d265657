/** What a check was doing when it failed, as a person would say it, by the step's name. */
const words: Readonly<Record<string, string>> = {
  open: 'opening the connection',
  account: 'reading whose books these are',
  reference: 'reading the choices for settings',
  companies: 'reading whom the system knows',
  items: 'reading what the system sells',
  documents: 'reading what is billed there',
  marks: 'looking for lines that are there already',
  callbacks: 'asking to be told of changes',
  invoices: 'reading invoices',
  quotes: 'reading quotes',
  users: 'reading the users of customers',
  customers: 'reading customers',
  products: 'reading products',
  subscriptions: 'reading subscriptions',
  orders: 'reading orders',
  'open-orders': 'reading orders that are not completed yet',
  unpaid: 'reading invoices that are not paid',
  'set-aside': 'trying again what was set aside',
  backlog: 'making tasks of orders',
  'own-charges': 'making tasks of own charges',
  parts: 'making tasks of monthly parts',
  blends: 'making tasks of blended prices',
  'missing-charges': 'looking for missing charges',
};

export const stepWords = (step: string): string => words[step] ?? step;
