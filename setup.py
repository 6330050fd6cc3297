"""Package metadata. Tool settings live in pyproject.toml."""

from pathlib import Path

from setuptools import find_packages, setup

HERE = Path(__file__).parent
VERSION = (HERE / "restorekit" / "version.py").read_text(encoding="utf-8").split('"')[-2]

setup(
    name="restorekit",
    version=VERSION,
    description="A plugin-based image-restoration toolbox: erase handwriting, remove watermarks.",
    long_description=(HERE / "README.md").read_text(encoding="utf-8"),
    long_description_content_type="text/markdown",
    author="The restorekit authors",
    license="Apache-2.0",
    keywords="image restoration, handwriting removal, watermark removal, documents, exams",
    python_requires=">=3.10",
    packages=find_packages(include=["restorekit", "restorekit.*"]),
    package_data={"restorekit": ["py.typed", "synthesis/assets/**/*", "weights/**/*"]},
    install_requires=[
        "torch>=2.6,<2.14",  # all tests run with 2.13; mmengine, which wraps it, is seldom released
        "numpy>=1.26",
        "mmengine>=0.10.7,<0.11",
        "mmcv-lite>=2.2,<2.3",
        "opencv-python>=4.8",
        "pillow>=10.1",
        "safetensors>=0.4.3",
        "torchmetrics>=1.4",
        "filelock>=3.30",
        "tensorboard>=2.14",
        "rich>=13.7",
        "pypdfium2>=5",
        "pikepdf>=9",
        "tifffile>=2024.8.30",
    ],
    extras_require={
        "dev": ["pytest>=8", "ruff==0.17.6", "mypy==2.4.1", "onnx>=1.17", "pre-commit>=4"],
    },
    entry_points={"console_scripts": ["restorekit=restorekit.cli:main"]},
    classifiers=[
        "Environment :: Console",
        "Intended Audience :: Developers",
        "Intended Audience :: Education",
        "Intended Audience :: Science/Research",
        "Operating System :: OS Independent",
        "Programming Language :: Python :: 3",
        *(f"Programming Language :: Python :: 3.{minor}" for minor in range(10, 14)),
        "Topic :: Scientific/Engineering :: Image Processing",
        "Typing :: Typed",
    ],
)
