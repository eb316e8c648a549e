"""The one way in which a program changes a file of the content folder: at places, and nothing else in the file.

    draft(text, file, operations)      → Draft (the new text and its undo) or Refusal
    chapters(read_written(text))       → the text chapter by chapter, to be edited
    save(folder, file, seen, operations) → Saved, Refusal, or Conflict when the file isn't the one that was seen
    undo(folder, saved)                → Saved, or Conflict when the file has changed since
    create(folder, file, text), append(folder, file, seen, lines)

`operations` has all that can be asked for. What has been written is read again, and counts only when all that is read
is as it was but for what was asked. The file is replaced in one step, or not at all.
"""
