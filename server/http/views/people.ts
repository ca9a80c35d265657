/** The people of the reseller who have opened the app. */
export interface PeopleView {
  people: {
    id: string;
    name: string;
    lastAt: string;
    /** "Approve and automatic", given to them by name. */
    granted: { by: string; at: string } | null;
  }[];
  limit: { amount: string; currency: string } | null;
}
