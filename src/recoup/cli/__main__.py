from recoup.cli import app

if __name__ == "__main__":  # renderers are spawned: each imports this module again
    app()
