/** The services there are; each has an event log, a topic and views under its name. */
export const SERVICES = ['workspace', 'contacts', 'sales', 'analytics'] as const;
