/** Hands a file to the browser, which keeps it where it keeps what is loaded down. */
export function save(file: File): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = file.name;
  link.click();
  // Some browsers read it only after this script has ended.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
