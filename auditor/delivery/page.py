"""A letter as the HTML of a mail: no script, no picture, nothing that is fetched."""

from jinja2 import Environment, StrictUndefined

from auditor.delivery.letter import Letter
from auditor.i18n import _, active

TEMPLATE = """\
<!doctype html>
<html lang="{{ language }}">
<head><meta charset="utf-8"><title>{{ letter.subject }}</title></head>
<body style="font: 15px/1.5 sans-serif; color: #1c2024; max-width: 46em">
{% for line in letter.title.splitlines() %}
<p style="font-size: 17px; margin: 0 0 .6em"><b>{{ line }}</b></p>
{% endfor %}
{% if letter.faults %}
<p style="margin: 1em 0 .3em; color: #a40000"><b>{{ wrong }}</b></p>
<ul>
{% for fault in letter.faults %}
<li>{{ fault }}</li>
{% endfor %}
</ul>
{% endif %}
{% for section in letter.sections %}
<p style="margin: 1em 0 .3em"><b>{{ section.title }}</b></p>
{% if section["items"] %}
<ul style="padding-left: 1.2em; margin: 0">
{% for item in section["items"] %}
<li style="margin-bottom: .5em">{{ "❗ " if item.high }}{% if item.link %}<a href="{{ item.link }}">{{ item.head }}</a>\
{% else %}{{ item.head }}{% endif %}{% if item.why %}<br><span style="color: #555">{{ item.why }}</span>{% endif %}</li>
{% endfor %}
</ul>
{% endif %}
{% endfor %}
{% if letter.more %}
<p>{{ letter.more }}</p>
{% endif %}
{% if letter.link %}
<p><a href="{{ letter.link }}">{{ letter.link }}</a></p>
{% endif %}
</body>
</html>
"""


def html_of(letter: Letter) -> str:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(TEMPLATE).render(letter=letter, language=active(), wrong=_("What went wrong"))
