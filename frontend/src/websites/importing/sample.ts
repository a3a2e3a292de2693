const SAMPLE = [
  "url,name,category,region,tags,schedule,timezone",
  "https://example.org/grants,Example foundation,grants,France,culture;small,daily at 07:00,Europe/Paris",
  "https://example.com/tenders,Example city,tenders,,,weekdays 06:00-08:00,",
].join("\r\n");

/** Have the browser save a file as it can be imported; Excel knows by its first bytes that it is UTF-8. */
export function saveSample(): void {
  const address = URL.createObjectURL(new Blob([`\uFEFF${SAMPLE}\r\n`], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = "websites-sample.csv";
  link.click();
  URL.revokeObjectURL(address);
}
