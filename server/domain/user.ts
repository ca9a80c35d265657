/** A person of a customer, as the marketplace tells them. Personal data: passed on, and kept nowhere. */
export interface User {
  id: string;
  name: string;
  email: string;
  active: boolean;
}
