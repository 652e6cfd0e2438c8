import Account from "./account/page";

// Wide windows show the first page beside the list; phones show the list alone.
export default Account;
