"""The ``lesart`` command; a module for each group of commands.

Exit status: 0 done; 1 something could not be read or done; 2 the call itself was wrong. Results go to files or to
standard output, everything else to standard error, a fault in one line. Heavy imports wait until a command needs them.
"""

import sys

import click

from ..errors import LesartError
from .adding import add
from .coding import agree, code, tag
from .common import say
from .kin import kin
from .lexicons import lexicon
from .reading import read
from .seminar import seminar
from .sharing import seal, unseal
from .studying import new, study


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="lesart")
def cli() -> None:
    """Compare how German and English news frame one event.

    \b
    Example:
      lesart add exports/                       articles from files of all kinds into corpus/articles
      lesart code my-articles/ -o codes.csv     stance and topic shares of each article
      lesart study                              all notebooks and figures of the study
      lesart new worldcup                       a study of your own
    """


for _command in (study, new, add, code, tag, agree, kin, read, seminar, seal, unseal, lexicon):
    cli.add_command(_command)


def main() -> None:
    """Run the command; a fault is one line on standard error."""
    try:
        cli.main(prog_name="lesart", standalone_mode=False)
    except click.exceptions.Exit as leave:
        sys.exit(leave.exit_code)
    except click.exceptions.NoArgsIsHelpError as fault:
        click.echo(fault.ctx.get_help(), err=True)
        sys.exit(2)
    except click.ClickException as fault:
        command = fault.ctx.command_path if getattr(fault, "ctx", None) else "lesart"
        click.echo(f"lesart: {' '.join(fault.format_message().split()).rstrip('.')}; see '{command} --help'", err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("lesart: stopped", err=True)
        sys.exit(1)
    except LesartError as fault:
        say(f"lesart: {fault}")
        sys.exit(1)
    except OSError as fault:
        say(f"lesart: {fault.filename or 'a file'}: {fault.strerror or fault}; check folder and rights")
        sys.exit(1)
