/** Ids of the roles every company begins with: they follow from their names, and are the same everywhere. */
export const ADMINISTRATOR = '1f4d24bb-52e1-5211-80c0-53bb0b175fa2';
export const STARTING_ROLES: readonly string[] = [
  ADMINISTRATOR,
  '35b5a9b8-068f-5361-b403-985a548fd2a1',
  'ca20a5a4-40af-5596-bd53-81c6cad6e3b7',
  'cb888b51-953d-5d5d-9099-fff52afbb1ad',
  'cbf062f9-f4bd-52b8-9ff3-160e25cd34df',
];
