#!/usr/bin/env python3
"""The move of a journal on a replica set that holds elections, as a model that judges itself.

The set has one log of states; each write appends one. A primary applies a write at once and confirms it when a majority has
it. An election keeps the states that a majority had and any number of the states after them. The deposed primary answers
from its own states for a while, and confirms nothing any more. Processes append entries to the journal and move it in the
three steps that docs/how-it-works.md describes, and stop at any point.

In the end every state that survived must have a journal without gaps, duplicates and foreign entries: the moved entries, those
being moved and those in the event document are exactly the changes of the event, in order.

    model/journal_move.py [--runs=20000] [--read=linearizable|majority|local] [--bug=unguarded|unfixed]

--read: the read concern of step 2. --bug: a removal without its guard, or entries that are added to those being moved. The
exit code is 0 when no run is broken, and 1 otherwise.
"""
import argparse
import random
import sys

PROCESSES = 3
STEPS = 60
EMPTY = {"changes": (), "journal": (), "moving": None, "moved": 0, "documents": {}}


class Stopped(Exception):
    """The process has no answer: it stops."""


class Node:
    """A member while it is primary, and for a while after it was deposed."""

    def __init__(self, states, commit):
        self.states, self.commit, self.deposed, self.gone = states, commit, False, False


class ReplicaSet:

    def __init__(self, rng):
        self.rng = rng
        self.nodes = [Node([EMPTY], 0)]

    @property
    def primary(self):
        return self.nodes[-1]

    def replicate(self):
        node = self.primary
        if node.commit < len(node.states) - 1:
            node.commit = self.rng.randint(node.commit + 1, len(node.states) - 1)

    def elect(self):
        old = self.primary
        kept = self.rng.randint(old.commit, len(old.states) - 1)
        old.deposed = True
        self.nodes.append(Node(old.states[:kept + 1], old.commit))

    def end_old_primaries(self):
        for old in self.nodes[:-1]:
            old.gone |= self.rng.random() < 0.3

    def believed_primary(self):
        reachable = [node for node in self.nodes if not node.gone]
        return self.rng.choice(reachable) if self.rng.random() < 0.4 else reachable[-1]


def confirmed(node, index):
    """Waits until a majority has a state."""
    while node.commit < index:
        if node.gone or node.deposed:
            raise Stopped
        yield


def write(node, change):
    """One update. Returns whether it matched."""
    if node.gone:
        raise Stopped
    before = node.states[-1]
    after = change(before)
    if after is not None:
        node.states.append({**before, **after})
    yield from confirmed(node, len(node.states) - 1)
    return after is not None


def read(node, concern):
    if node.gone:
        raise Stopped
    index = node.commit if concern == "majority" else len(node.states) - 1
    yield
    if concern == "linearizable":
        yield from confirmed(node, index)
        if node.deposed or node.gone:
            raise Stopped
    return node.states[index]


def change_event(replicas, number, options):
    def append(state):
        if options.bug == "unfixed" and state["moving"] is not None:
            return {"changes": state["changes"] + (number,), "moving": state["moving"] + (number,)}
        return {"changes": state["changes"] + (number,), "journal": state["journal"] + (number,)}
    yield from write(replicas.believed_primary(), append)


def move(replicas, options):
    """The three steps, each at a member that may be another one."""
    yield from write(replicas.believed_primary(), lambda state: (
        {"journal": (), "moving": state["journal"]} if state["journal"] and state["moving"] is None else None))

    found = yield from read(replicas.believed_primary(), options.read)
    if found["moving"] is None:
        return
    position, entries = found["moved"], found["moving"]

    def insert(state):
        if position in state["documents"]:
            return None
        return {"documents": {**state["documents"], position: entries}}
    yield from write(replicas.believed_primary(), insert)

    def remove(state):
        if state["moving"] is None or (state["moved"] != position and options.bug != "unguarded"):
            return None
        return {"moving": None, "moved": state["moved"] + len(entries)}
    yield from write(replicas.believed_primary(), remove)


def journal(state):
    """The entries as a reader puts them together; None for a gap."""
    entries = []
    while len(entries) < state["moved"]:
        document = state["documents"].get(len(entries))
        if not document:
            return None
        entries += document
    entries = entries[:state["moved"]]
    return tuple(entries) + (state["moving"] or ()) + state["journal"]


def run(seed, options):
    """Returns the broken state; None for none."""
    rng = random.Random(seed)
    replicas = ReplicaSet(rng)
    elections = rng.choice([0, 1, 2, 4])
    left, running, number = STEPS, [], 0
    while left or running:
        chance = rng.random()
        if chance < 0.15:
            replicas.replicate()
        elif chance < 0.19 and elections:
            elections -= 1
            replicas.elect()
        elif chance < 0.25:
            replicas.end_old_primaries()
        if left and len(running) < PROCESSES and (not running or rng.random() < 0.4):
            left -= 1
            number += 1
            running.append(change_event(replicas, number, options) if rng.random() < 0.6 else move(replicas, options))
        elif running:
            process = rng.choice(running)
            try:
                if rng.random() < 0.02:
                    raise Stopped
                next(process)
            except (Stopped, StopIteration):
                running.remove(process)
    return next((state for state in replicas.primary.states if journal(state) != state["changes"]), None)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20000)
    parser.add_argument("--read", choices=["linearizable", "majority", "local"], default="linearizable")
    parser.add_argument("--bug", choices=["unguarded", "unfixed"])
    options = parser.parse_args()
    broken = [(seed, state) for seed in range(options.runs) if (state := run(seed, options)) is not None]
    print(f"read={options.read} bug={options.bug}: {options.runs} runs, {len(broken)} broken")
    if broken:
        print(f"seed {broken[0][0]}: {broken[0][1]}")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
