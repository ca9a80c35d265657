/** Which list: of one document, told by a mark that only lists of ours on it carry. */
export interface UserListPlace {
  documentId: string;
  mark: string;
}

export interface UserList extends UserListPlace {
  /** Tells one content from another, so that one that is there is not sent again. */
  digest: string;
  csv: string;
}

/**
 * Lists of users as private files on documents of the system. Nothing is kept of what was sent: each call looks at what is
 * there, so that one whose answer was lost is found by the next. Throws `system.*`; files of others are never touched.
 */
export interface UserLists {
  /** Puts the list there unless it is, and then takes ours of before away; whether it was sent. */
  put(list: UserList): Promise<boolean>;
  /** Takes all of ours away; how many there were. */
  remove(place: UserListPlace): Promise<number>;
}
