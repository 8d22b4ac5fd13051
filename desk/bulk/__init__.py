"""One thing done to many entries: chosen by the filters of their list, looked at, then done one by one."""
