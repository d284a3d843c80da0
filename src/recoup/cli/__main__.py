from recoup.cli import app

app()
