"""Packs a directory as Lambda takes it: the same files become the same bytes, whenever and in whatever order they were made."""

import os
import stat
import sys
import zipfile

# Lambda's limit of what it unpacks.
UNPACKED_MAX = 262_144_000
# The first day that a .zip file can name.
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def listed(directory):
    """The files and links below a directory, by their path with `/` between its parts. What Python compiled counts for nothing,
    since it would be compiled anew for another time of the source."""
    found = []
    for path, directories, files in os.walk(directory):
        links = [name for name in directories if os.path.islink(os.path.join(path, name))]
        directories[:] = [name for name in directories if name not in links and name != "__pycache__"]
        for name in files + links:
            file = os.path.join(path, name)
            found.append((os.path.relpath(file, directory).replace(os.sep, "/"), file))
    return sorted(found)


def pack(directory, package):
    entries = listed(directory)
    size = sum(os.lstat(file).st_size for _, file in entries)
    if not entries:
        sys.exit("found no file to pack, expected the code of a function")
    if size > UNPACKED_MAX:
        sys.exit(f"found {size:,} bytes to pack, expected at most {UNPACKED_MAX:,}: leave out what the function does not need")
    with zipfile.ZipFile(package, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, file in entries:
            mode = os.lstat(file).st_mode
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.create_system = 3  # Unix, which has rights of files
            entry.compress_type = zipfile.ZIP_DEFLATED
            if stat.S_ISLNK(mode):
                entry.external_attr = (stat.S_IFLNK | 0o777) << 16
                archive.writestr(entry, os.readlink(file))
            else:
                entry.external_attr = (stat.S_IFREG | (0o755 if mode & 0o111 else 0o644)) << 16
                with open(file, "rb") as source:
                    archive.writestr(entry, source.read())


if __name__ == "__main__":
    pack(sys.argv[1], sys.argv[2])
