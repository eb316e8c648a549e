"""Programs that can be asked to open a row of a file, by an address."""

EDITORS = {
    "vscode": "vscode://file/{fil}:{rad}:{kolumn}",
    "vscodium": "vscodium://file/{fil}:{rad}:{kolumn}",
    "cursor": "cursor://file/{fil}:{rad}:{kolumn}",
    "zed": "zed://file/{fil}:{rad}:{kolumn}",
    "ingen": "",
}
"""By name: the address by which an editor opens a row."""
