export function Logo({ size = 30 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" aria-hidden="true">
      <path d="M7 20V4h5.2a4.6 4.6 0 0 1 0 9.2H7" stroke="currentColor" strokeWidth="2.6" strokeLinejoin="round" strokeLinecap="round" />
      <path d="M11.6 13.4 15 17" stroke="currentColor" strokeWidth="2.6" strokeLinecap="round" />
      <circle cx="17.4" cy="19.4" r="2.6" fill="var(--saffron-4)" />
    </svg>
  );
}
