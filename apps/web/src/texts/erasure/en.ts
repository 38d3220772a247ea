export default {
  title: 'Certificate of erasure',
  erasedAt: 'Erased on {when}',
  complete: 'complete',
  growing: 'not yet complete',
  growingHint: 'Each service looks twice, the second time when no cached key can live, about a minute later.',
  method:
    'The person’s key was destroyed and may never be made again; what was written under it can be read by nobody. Everything that named the person was built again without them.',
  remains: 'Fingerprints of unique values stay, from which the values cannot be had.',
  backups: 'Until {day} a back-up of the keys may still hold it; one that is restored destroys it again at once.',
  service: 'Service',
  pass: 'Look',
  first: 'first',
  second: 'second',
  rows: 'Built again',
  when: 'When',
  checksum: 'SHA-256 of it: {hash}',
  download: 'Save the certificate',
} as const;
