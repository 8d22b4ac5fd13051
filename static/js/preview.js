// A preview in a window of its own follows what is written in the other one: it is read again when that is saved.
new BroadcastChannel("stedkraft-saved").addEventListener("message", () => location.reload());
