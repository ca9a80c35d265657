/** People who can sign in. Only Standard and Adviser roles may connect an app (developer.xero.com/faq/permissions). */
export interface XeroUser {
  id: string;
  email: string;
  role: 'Adviser' | 'Standard' | 'Invoice only';
}

export const USERS: readonly XeroUser[] = [
  { id: '00000000-0000-4000-8000-0000000000a1', email: 'adviser@books.example', role: 'Adviser' },
  { id: '00000000-0000-4000-8000-0000000000a2', email: 'standard@books.example', role: 'Standard' },
  {
    id: '00000000-0000-4000-8000-0000000000a3',
    email: 'invoices@books.example',
    role: 'Invoice only',
  },
];

export const mayConnect = (user: XeroUser): boolean => user.role !== 'Invoice only';
