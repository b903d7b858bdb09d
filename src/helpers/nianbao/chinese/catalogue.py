"""The catalogue: each text that the kit says in two languages, the Chinese one under the English one."""

from nianbao.chinese import command, index, running, usage

CHINESE = command.TEXTS | usage.TEXTS | running.TEXTS | index.TEXTS
