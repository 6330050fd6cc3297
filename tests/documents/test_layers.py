import subprocess
import sys


def test_documents_import_neither_torch_nor_mmengine():
    code = (
        "import sys, restorekit.documents, restorekit.documents.pdf_writing, restorekit.documents.progress;"
        "import restorekit.documents.picture_writing, restorekit.documents.pdf;"
        "print([name for name in ('torch', 'mmengine', 'mmcv') if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
