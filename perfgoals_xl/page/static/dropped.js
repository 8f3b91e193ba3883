// What was dropped or chosen, folders with all that is in them, as a list of
// {file, given, listed}: `given` is the path inside a folder, by which two files of one name are
// told apart; `listed` where nobody named the file, because it came with its folder.

/** The files of a drop. The entries are asked for at once: later the browser has forgotten them. */
export async function dropped(transfer) {
  const items = [...transfer.items].filter((item) => item.kind === 'file');
  const entries = items.map((item) => (item.webkitGetAsEntry ? item.webkitGetAsEntry() : null));
  const plain = [...transfer.files];
  if (!entries.some((entry) => entry && entry.isDirectory)) return chosen(plain);
  const found = [];
  for (const entry of entries) if (entry) await walk(entry, found, false);
  return found;
}

/** The files of a file picker. */
export function chosen(files) {
  return [...files].map((file) => ({
    file, given: file.webkitRelativePath || file.name, listed: Boolean(file.webkitRelativePath),
  }));
}

async function walk(entry, found, listed) {
  if (entry.isFile) {
    const file = await new Promise((done, failed) => entry.file(done, failed)).catch(() => null);
    if (file) found.push({ file, given: listed ? entry.fullPath.replace(/^\//, '') : file.name, listed });
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const part = await new Promise((done, failed) => reader.readEntries(done, failed)).catch(() => []);
    if (!part.length) return;
    for (const inner of part) await walk(inner, found, true);
  }
}
