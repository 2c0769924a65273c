"""The XML of workbooks that no program would write, and what problems say."""

from collections.abc import Iterable, Sequence

from auditor.inputs.tables import Problem

XML = '<?xml version="1.0"?>'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/></Types>',
    "_rels/.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
    '<sheet name="Сделки" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
SHEET = XML + f'<worksheet xmlns="{MAIN}">' + "{}</worksheet>"


def inline(*rows: Sequence[str]) -> str:
    """Rows as inline texts, cell references only where the CRM writes them: in the first cell of a row."""
    cells = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{chr(64 + place)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>'
            for place, cell in enumerate(row, 1)
            if cell
        )
        + "</row>"
        for number, row in enumerate(rows, 1)
    )
    return SHEET.format(f"<sheetData>{cells}</sheetData>")


def lines(problems: Iterable[Problem]) -> list[str]:
    """Problems as the user reads them."""
    return [str(problem) for problem in problems]
