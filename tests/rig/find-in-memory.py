"""Finds bytes in a guest's memory, for what its kernel keeps and does not tell.

    find-in-memory.py MEMORY WANTED FOUND

MEMORY is the file the guest's memory is mapped from. WANTED holds three words: the bytes to look for, in hexadecimal; how many bytes
before a place belong to the answer; and how many an answer has. FOUND gets every answer, one after another. run.sh calls it.
"""
import os
import sys

CHUNK = 16 << 20


def stretches(file, size):
    """Places where there is something, for what the guest has never touched is a hole, and reading it as a mapping would fill it."""
    at = 0
    while at < size:
        try:
            start = os.lseek(file, at, os.SEEK_DATA)
        except OSError:
            return
        at = os.lseek(file, start, os.SEEK_HOLE)
        yield start, at


def places(file, size, pattern):
    """Offsets of the pattern; one that lies across two chunks is seen in the second, which begins before the first one's end."""
    for start, end in stretches(file, size):
        for at in range(start, end, CHUNK):
            chunk = os.pread(file, min(CHUNK + len(pattern) - 1, end - at), at)
            place = chunk.find(pattern)
            while place >= 0:
                yield at + place
                place = chunk.find(pattern, place + 1)


memory, wanted, found = sys.argv[1:]
with open(wanted, encoding="ascii") as words:
    pattern, before, length = words.read().split()
pattern, before, length = bytes.fromhex(pattern), int(before), int(length)
guest = os.open(memory, os.O_RDONLY)
size = os.fstat(guest).st_size
with open(found + ".part", "wb") as answers:
    for place in places(guest, size, pattern):
        if before <= place <= size - length + before:
            answers.write(os.pread(guest, length, place - before))
