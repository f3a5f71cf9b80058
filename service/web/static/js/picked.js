/** What was dropped or chosen: files, and folders with all that is in them, as an import takes them. */

/** @typedef {{file: File, path: string}} Chosen `path` is relative to the dropped folder, as on the command line */
/** @typedef {{files: Chosen[], passedOver: Map<string, number>, unreadable: string[]}} Picked `passedOver`: ending → files */

/**
 * A drop. Its entries are asked for at once, and read afterwards.
 * @param {DataTransfer} dropped
 * @param {string[]} endings that are read
 * @returns {Promise<Picked>}
 */
export async function pickedFromDrop(dropped, endings) {
  const roots = [...dropped.items].filter((item) => item.kind === "file").map((item) => ({ entry: item.webkitGetAsEntry?.() ?? null, file: item.getAsFile() }));
  const picked = nothing();
  for (const { entry, file } of roots) {
    if (entry?.isDirectory) await walk(/** @type {FileSystemDirectoryEntry} */ (entry), picked, endings);
    else if (file) picked.files.push({ file, path: file.name });
  }
  return withOwnNames(picked);
}

/**
 * A file field; with `webkitdirectory` it holds a folder's files.
 * @param {Iterable<File>} files
 * @param {string[]} endings
 * @returns {Picked}
 */
export function pickedFromField(files, endings) {
  const picked = nothing();
  for (const file of files) {
    if (!file.webkitRelativePath) picked.files.push({ file, path: file.name });
    else if (!file.webkitRelativePath.split("/").some(isHidden)) put(picked, file, file.webkitRelativePath, endings);
  }
  return withOwnNames(picked);
}

/** @returns {Picked} */
const nothing = () => ({ files: [], passedOver: new Map(), unreadable: [] });

/** @param {string} name */
const isHidden = (name) => name.startsWith(".") || name === "__MACOSX";

/**
 * @param {FileSystemDirectoryEntry} folder
 * @param {Picked} picked
 * @param {string[]} endings
 */
async function walk(folder, picked, endings) {
  for (const entry of await entriesOf(folder, picked)) {
    if (isHidden(entry.name)) continue;
    if (entry.isDirectory) await walk(/** @type {FileSystemDirectoryEntry} */ (entry), picked, endings);
    else {
      const file = await new Promise((resolve) => /** @type {FileSystemFileEntry} */ (entry).file(resolve, () => resolve(null)));
      if (file) put(picked, file, entry.fullPath.slice(1), endings);
      else picked.unreadable.push(entry.fullPath.slice(1));
    }
  }
}

/**
 * A folder's entries come in parts of a hundred; an empty part is the end.
 * @param {FileSystemDirectoryEntry} folder
 * @param {Picked} picked
 * @returns {Promise<FileSystemEntry[]>}
 */
async function entriesOf(folder, picked) {
  const reader = folder.createReader();
  /** @type {FileSystemEntry[]} */
  const found = [];
  for (;;) {
    const part = await new Promise((resolve) => reader.readEntries(resolve, () => resolve(null)));
    if (part === null) picked.unreadable.push(folder.fullPath.slice(1));
    if (!part?.length) return found;
    found.push(...part);
  }
}

/**
 * @param {Picked} picked
 * @param {File} file
 * @param {string} path with the name of the dropped folder
 * @param {string[]} endings
 */
function put(picked, file, path, endings) {
  const name = file.name.toLowerCase().replace(/\.gz$/, "");
  if (endings.some((ending) => name.endsWith(ending))) picked.files.push({ file, path });
  else {
    const ending = /\.[^.]{1,10}$/.exec(name)?.[0] ?? "without an ending";
    picked.passedOver.set(ending, (picked.passedOver.get(ending) ?? 0) + 1);
  }
}

/**
 * Without the dropped folder's own name, so that ids are those of `factcheck corpus import FOLDER`. Where two folders hold files of the
 * same name, these keep it.
 * @param {Picked} picked
 */
function withOwnNames(picked) {
  const inner = (/** @type {string} */ path) => path.slice(path.indexOf("/") + 1);
  const uses = Map.groupBy(picked.files, ({ path }) => inner(path));
  for (const chosen of picked.files) if (uses.get(inner(chosen.path))?.length === 1) chosen.path = inner(chosen.path);
  return picked;
}
