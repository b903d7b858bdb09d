"""Why the operating system refuses something, in Chinese, by the number of its error; it says so in English itself."""

import errno

WHY = {
    errno.EPERM: "不允许这样做",
    errno.ENOENT: "文件或文件夹不存在",
    errno.EIO: "磁盘读写出错",
    errno.EACCES: "没有权限",
    errno.EBUSY: "正在使用",
    errno.EEXIST: "已有同名的文件",
    errno.EXDEV: "不在同一个磁盘上",
    errno.ENOTDIR: "路径中有一级不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.EINVAL: "参数无效",
    errno.EMFILE: "打开的文件太多",
    errno.ENFILE: "系统打开的文件太多",
    errno.EFBIG: "文件太大",
    errno.ENOSPC: "磁盘已满",
    errno.EROFS: "磁盘只读",
    errno.ENAMETOOLONG: "文件名太长",
    errno.ELOOP: "链接绕圈",
    errno.EDQUOT: "磁盘配额已满",
    errno.ENOTEMPTY: "文件夹不是空的",
    errno.ENOMEM: "内存不足",
    errno.EPIPE: "接收的一端已关闭",
    errno.ETIMEDOUT: "等待超时",
}
