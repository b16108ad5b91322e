"""Words that stand everywhere (Stoppwörter) and tell nothing of what a text is about."""

SHORTEST = 3  # letters of a word that says something
EVERYWHERE = """
aber alle allem allen aller alles als also am an auch auf aus bei beim bis da dabei dafür damit dann daran das dass
dem den denn der des die dies diese dieser dieses doch dort du durch ein eine einem einen einer eines er es etwas für
gar gegen haben hat hier ich ihr ihre ihren im immer in ins ist ja jede jeder jedes jetzt kann kein keine können man
mehr mit muss müssen nach nicht noch nur ob oder ohne schon sehr sein sich sie sind so soll sollen sollte sollten
sondern sowie um und uns unser unsere unter viel viele vielen vom von vor war was weil weiter weniger wenn wer werden
wie wieder wir wird wo worden wurde wurden zu zum zur zwar zwischen über
"""
STOP = frozenset(EVERYWHERE.split())


def tells(word: str) -> bool:
    """Whether a word, in small letters, says something."""
    return len(word) >= SHORTEST and word not in STOP
