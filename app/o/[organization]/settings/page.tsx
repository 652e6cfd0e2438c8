import Account from "./account/page";

// Wide windows show the account page next to the list. Phones show only the list.
export default Account;
