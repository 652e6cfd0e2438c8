/** The HTTP header with the handle of the organization that a request is for. */
export const organizationHeader = "Parley-Organization";
