"""How much memory a process has used at most."""

import resource
from pathlib import Path


def peak_megabytes() -> float:
    """The most memory that this process had resident, in MB.

    Linux gives a child the ``ru_maxrss`` of the process that started it; what the kernel keeps for the program itself is VmHWM.
    """
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="ascii").splitlines() if status.is_file() else []
    kilobytes = [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
    return (kilobytes[0] if kilobytes else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1e3
